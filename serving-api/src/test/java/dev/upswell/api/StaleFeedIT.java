package dev.upswell.api;

import static dev.upswell.api.ApiClient.problem;
import static dev.upswell.testing.TestKafka.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.upswell.contract.VideoIds;
import dev.upswell.testing.TestKafka;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that a page of an outage has nothing that the instance knows to be hidden. */
class StaleFeedIT {
  private static final Duration MOST = Duration.ofSeconds(20);
  private static final long T0 = 1_780_000_000_000L;
  private static final long CREATOR = 100;
  private static final long OTHER = 200;

  private static TestKafka kafka;
  private static TestApi api;
  private static ApiClient client;
  private static long lastUser;

  private final long user = ++lastUser;
  private final long video = VideoIds.at(T0 + lastUser, 1);
  private final long ofOther = VideoIds.at(T0 + lastUser, 2);

  @BeforeAll
  static void start(@TempDir Path dir) {
    kafka = TestKafka.start(dir.resolve("kafka"));
    kafka.createTopics(1, TOPICS.follows());
    api =
        TestApi.start(
            dir,
            "--redis.reply-timeout=500ms",
            "--breaker.failures=1000",
            "--kafka.bootstrap-servers=" + kafka.bootstrapServers());
    client = api.client;
  }

  @AfterAll
  static void stop() {
    api.close();
    kafka.close();
  }

  @BeforeEach
  void readOnce() {
    api.redis.flushAll();
    api.feeds.publish(CREATOR, video);
    api.feeds.publish(OTHER, ofOther);
    api.feeds.follow(user, CREATOR, OTHER);
    await().atMost(MOST).untilAsserted(() -> assertThat(fresh()).hasSize(2));
  }

  @AfterEach
  void resume() {
    api.redis.server.resume();
    await().atMost(MOST).until(() -> client.get(path()).statusCode() == 200);
  }

  private String path() {
    return "/v1/users/" + user + "/feed";
  }

  private List<Long> fresh() {
    return ids(client.json(path()), false);
  }

  private List<Long> stale() {
    return ids(client.json(path()), true);
  }

  private static List<Long> ids(JsonObject page, boolean stale) {
    assertThat(page.get("stale").getAsBoolean()).isEqualTo(stale);
    return page.getAsJsonArray("entries").asList().stream()
        .map(entry -> entry.getAsJsonObject().get("videoId").getAsLong())
        .toList();
  }

  private void post(String type, long follower, long followee) {
    String body =
        "{\"follows\": [{\"followerId\": %d, \"followeeId\": %d, \"type\": \"%s\", \"at\": %d}]}"
            .formatted(follower, followee, type, System.currentTimeMillis());
    assertThat(
            client.send(client.path("/v1/events").POST(BodyPublishers.ofString(body))).statusCode())
        .isEqualTo(202);
  }

  @Test
  void unchangedPageIsServedWhole() {
    api.redis.server.pause();

    assertThat(stale()).containsExactly(ofOther, video);
  }

  @Test
  void acceptedBlocksHideTheCreator() {
    post("BLOCK", user, CREATOR);
    api.redis.server.pause();

    assertThat(stale()).containsExactly(ofOther);
  }

  @Test
  void acceptedBlocksHideTheBlockingCreator() {
    post("BLOCK", CREATOR, user);
    api.redis.server.pause();

    assertThat(stale()).containsExactly(ofOther);
  }

  @Test
  void acceptedUnfollowsHideTheCreatorUntilTheNextFollow() {
    post("UNFOLLOW", user, OTHER);
    api.redis.server.pause();
    assertThat(stale()).containsExactly(video);
    post("FOLLOW", user, OTHER);

    assertThat(stale()).containsExactly(ofOther, video);
  }

  @Test
  void videosThatOtherReadsFoundHiddenAreLeftOut() {
    api.feeds.remove(CREATOR, video);
    client.get("/v1/videos?ids=" + video);
    api.redis.server.pause();

    assertThat(stale()).containsExactly(ofOther);
  }

  @Test
  void videosThatRedisReportsAsChangedAreLeftOut() {
    double tracked = client.metric("upswell_feed_tracked ");
    api.feeds.remove(CREATOR, video);
    await().atMost(MOST).until(() -> client.metric("upswell_feed_tracked ") < tracked);
    api.redis.server.pause();

    assertThat(stale()).containsExactly(ofOther);
  }

  @Test
  void pagesOfChangedFollowingsAreNotServed() {
    double pages = client.metric("upswell_stale_pages ");
    api.feeds.follow(user, OTHER);
    await().atMost(MOST).until(() -> client.metric("upswell_stale_pages ") < pages);
    api.redis.server.pause();

    problem(client.get(path()), 503);
  }

  @Test
  void pagesAreNotServedAfterABlockOfTheJob() {
    double pages = client.metric("upswell_stale_pages ");
    api.feeds.block(user, CREATOR);
    await().atMost(MOST).until(() -> client.metric("upswell_stale_pages ") < pages);
    api.redis.server.pause();

    problem(client.get(path()), 503);
  }
}
