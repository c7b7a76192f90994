package dev.upswell.api;

import static dev.upswell.api.ApiClient.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.upswell.contract.VideoIds;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedIT {
  private static final long T0 = 1_780_000_000_000L;
  private static TestApi api;
  private static ApiClient client;

  @BeforeAll
  static void start(@TempDir Path dir) {
    api = TestApi.start(dir, "--redis.reply-timeout=500ms");
    client = api.client;
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void computedFeedIsStoredAndPushesComeFirst() {
    List<String> newestFirst = new ArrayList<>();
    for (int i = 0; i < 45; i++) {
      long video = VideoIds.at(T0 + i, 0);
      api.feeds.publish(100 + i % 3, video);
      newestFirst.add(0, Long.toString(video));
    }
    api.feeds.follow(1, 100, 101, 102);
    assertThat(client.walk(1, 10)).isEqualTo(newestFirst);
    assertThat(client.json("/v1/users/1/feed").get("source").getAsString()).isEqualTo("computed");

    api.feeds.confirm(1);
    client.get("/v1/users/1/feed");
    assertThat(client.json("/v1/users/1/feed").get("source").getAsString()).isEqualTo("warm");
    long pushed = VideoIds.at(T0 + 1_000, 0);
    api.feeds.publish(101, pushed);
    api.feeds.push(101, pushed, 1);

    newestFirst.add(0, Long.toString(pushed));
    assertThat(client.walk(1, 7)).isEqualTo(newestFirst);
    JsonObject first =
        client.json("/v1/users/1/feed?limit=1").getAsJsonArray("entries").get(0).getAsJsonObject();
    assertThat(first.get("creatorId").getAsString()).isEqualTo("101");
    assertThat(first.get("publishedAt").getAsString()).isEqualTo("2026-05-28T20:26:41Z");
  }

  @Test
  void cachedFeedIsServedUntilAPushInvalidatesIt() {
    long creator = 400;
    long old = VideoIds.at(T0, 7);
    api.feeds.publish(creator, old);
    api.feeds.follow(4, creator);
    api.feeds.confirm(4);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              double before = cachedPages();
              client.get("/v1/users/4/feed");
              return cachedPages() > before;
            });

    long pushed = VideoIds.at(T0 + 1, 7);
    api.feeds.publish(creator, pushed);
    api.feeds.push(creator, pushed, 4);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(client.walk(4, 20))
                    .containsExactly(Long.toString(pushed), Long.toString(old)));
  }

  private static double cachedPages() {
    return client.metric("upswell_feed_pages_served_from_cache_total ");
  }

  @Test
  void unknownUserHasAnEmptyFeed() {
    JsonObject page = client.json("/v1/users/999/feed");

    assertThat(page.getAsJsonArray("entries")).isEmpty();
    assertThat(page.has("cursor")).isFalse();
  }

  @Test
  void invalidParametersAreRejectedByName() {
    for (String wrong :
        List.of(
            "/v1/users/0/feed",
            "/v1/users/-1/feed",
            "/v1/users/+1/feed",
            "/v1/users/9223372036854775808/feed",
            "/v1/users/abc/feed")) {
      assertThat(problem(client.get(wrong), 400).get("detail").getAsString())
          .startsWith("userId: ")
          .endsWith("(expected: a positive 63-bit integer)");
    }
    assertThat(problem(client.get("/v1/users/1/feed?limit=101"), 400).get("detail").getAsString())
        .isEqualTo("limit: \"101\" (expected: 1..100)");
    for (String cursor : List.of("x", "AAAAAAAAAAAA", "AQAAAAAAAAAA", "AQ==")) {
      JsonObject problem = problem(client.get("/v1/users/1/feed?cursor=" + cursor), 400);
      assertThat(ApiClient.field(problem)).isEqualTo("cursor");
    }
  }

  @Test
  void frozenRedisServesStaleFeedOr503() {
    JsonObject known = client.json("/v1/users/2/feed");
    assertThat(known.get("stale").getAsBoolean()).isFalse();
    api.redis.server.pause();
    try {
      JsonObject stale = client.json("/v1/users/2/feed");
      assertThat(stale.get("stale").getAsBoolean()).isTrue();
      assertThat(stale.get("ageMs").getAsLong()).isBetween(0L, 60_000L);
      assertThat(stale.getAsJsonArray("entries")).isEqualTo(known.getAsJsonArray("entries"));

      HttpResponse<String> response = client.get("/v1/users/3/feed");
      problem(response, 503);
      assertThat(response.headers().firstValue("retry-after")).hasValue("1");
    } finally {
      api.redis.server.resume();
    }
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> !client.json("/v1/users/2/feed").get("stale").getAsBoolean());
  }
}
