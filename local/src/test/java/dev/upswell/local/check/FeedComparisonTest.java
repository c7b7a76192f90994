package dev.upswell.local.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.EventType;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Video;
import dev.upswell.local.events.CollectedEvents;
import dev.upswell.local.feed.FakeApi;
import dev.upswell.local.feed.FeedClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedComparisonTest {
  private static final Duration ONCE = Duration.ZERO;
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Ledger ledger = new Ledger(new CollectedEvents());
  private FakeApi api;

  @BeforeEach
  void start() throws IOException {
    api = new FakeApi();
    follow(1, 10, Follow.Type.FOLLOW);
    follow(2, 10, Follow.Type.FOLLOW);
    video(100, 10, Video.Type.PUBLISHED);
    video(101, 10, Video.Type.PUBLISHED);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void feedsThatAreAsTheyShouldBeAreOk() {
    answer(1, "warm", 101, 100);
    answer(2, "computed", 101, 100);
    List<Outcome> outcomes = compare(ONCE);
    assertThat(outcomes).allMatch(Outcome::ok);
    assertThat(outcomes.get(0).report())
        .isEqualTo("ok feeds: 2 viewers, 4 entries equal the model; 1 were served warm");
  }

  @Test
  void missingVideoIsReportedWithItsPosition() {
    answer(1, "warm", 101, 100);
    answer(2, "warm", 100);
    Outcome feeds = compare(ONCE).get(0);
    assertThat(feeds.ok()).isFalse();
    assertThat(feeds.report())
        .startsWith("FAILED feeds: 1 of 2 viewers see something else than the model\n")
        .contains("viewer 2: entry 0 is Entry[videoId=100")
        .contains("1 entries (expected: 2), warm: true");
  }

  @Test
  void lateFeedIsOkAndCountsAsWarmOnlyIfWarmAtFirst() {
    answer(1, "computed", 100);
    answer(1, "warm", 101, 100);
    answer(2, "warm", 101, 100);
    assertThat(compare(LONG).get(0).report())
        .isEqualTo("ok feeds: 2 viewers, 4 entries equal the model; 1 were served warm");
  }

  @Test
  void shownRemovedVideoIsReported() {
    video(101, 10, Video.Type.REMOVED);
    answer(1, "warm", 101, 100);
    answer(2, "warm", 100);
    Outcome removed = compare(ONCE).get(1);
    assertThat(removed.report())
        .startsWith("FAILED removed videos: 1 removed, shown 1 times\n")
        .contains("viewer 1 sees Entry[videoId=101");
  }

  @Test
  void videoOfAnUnfollowedCreatorIsReported() {
    follow(2, 10, Follow.Type.UNFOLLOW);
    answer(1, "warm", 101, 100);
    answer(2, "warm", 101);
    Outcome parted = compare(ONCE).get(2);
    assertThat(parted.report())
        .startsWith("FAILED unfollowed and blocked creators: 1 pairs")
        .contains("viewer 2 sees Entry[videoId=101");
  }

  @Test
  void feedsThatAreAllEmptyProveNothing() {
    follow(1, 10, Follow.Type.UNFOLLOW);
    follow(2, 10, Follow.Type.UNFOLLOW);
    answer(1, "warm");
    answer(2, "warm");
    assertThat(compare(ONCE).get(0).ok()).isFalse();
  }

  private List<Outcome> compare(Duration limit) {
    return new FeedComparison(new FeedClient(api.url()), ledger).compare(List.of(1L, 2L), limit);
  }

  private void answer(long user, String source, long... videos) {
    String entries =
        LongStream.of(videos)
            .mapToObj(
                id ->
                    "{\"videoId\":\"%d\",\"creatorId\":\"10\",\"publishedAt\":\"%s\"}"
                        .formatted(id, Instant.ofEpochMilli(id)))
            .collect(Collectors.joining(","));
    api.on(
        "/v1/users/" + user + "/feed?limit=50&refresh=true",
        200,
        "{\"entries\":[%s],\"source\":\"%s\",\"degraded\":[]}".formatted(entries, source));
  }

  private void follow(long user, long creator, Follow.Type type) {
    ledger.send(
        EventType.FOLLOWS,
        Follow.newBuilder().setFollowerId(user).setFolloweeId(creator).setType(type).build());
  }

  private void video(long id, long creator, Video.Type type) {
    ledger.send(
        EventType.VIDEOS,
        Video.newBuilder().setVideoId(id).setCreatorId(creator).setType(type).setAt(id).build());
  }
}
