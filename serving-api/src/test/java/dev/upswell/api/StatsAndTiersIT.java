package dev.upswell.api;

import static dev.upswell.api.ApiClient.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.util.Timestamps;
import dev.upswell.contract.events.Promotion;
import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;
import dev.upswell.contract.events.TierOverview;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.RecentViewsValue;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.contract.redis.TierValue;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks statistics and tiers over HTTP, with values as the viral detector writes them. */
class StatsAndTiersIT {
  /** 2026-05-28T20:26:59.999Z, the end of a minute. */
  private static final long AT = 1_780_000_019_999L;

  private static final long HOUR = Duration.ofHours(1).toMillis();

  private static final long CREATOR = 7;

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

  @BeforeEach
  void clear() {
    api.redis.flushAll();
    for (long id = 1; id <= 100; id++) {
      api.feeds.publish(CREATOR, id);
    }
    api.feeds.publish(CREATOR, Long.MAX_VALUE);
  }

  private static JsonObject object(String json) {
    return JsonParser.parseString(json).getAsJsonObject();
  }

  private static Promotion promotion(long videoId, long at) {
    return Promotion.newBuilder()
        .setVideoId(videoId)
        .setFrom(Tier.ORIGIN)
        .setTo(Tier.EDGE)
        .setReason(Reason.FORECAST)
        .setViewsLastHour(9_000)
        .setForecast(150_000)
        .setForecastAtLeast(101_000)
        .setDistinctShare(0.75)
        .setEdgeFrom(Integer.MAX_VALUE)
        .setRegionalFrom(700)
        .setAt(Timestamps.fromMillis(at))
        .setVersion(at)
        .build();
  }

  // ---- A video

  @Test
  void videoHasViewsTierAndForecast() {
    long videoId = Long.MAX_VALUE;
    api.redis.set(
        RedisKeys.views(videoId), new RecentViewsValue(AT, 9_000, 150_000, 101_000).toBytes());
    api.redis.set(
        RedisKeys.tier(videoId), new TierValue(AT - HOUR, Tier.EDGE, Reason.FORECAST).toBytes());

    assertThat(client.json("/v1/videos/9223372036854775807/stats"))
        .isEqualTo(
            object(
                """
                {"videoId": "9223372036854775807", "views": 9000,
                 "asOf": "2026-05-28T20:26:59.999Z", "tier": "EDGE", "reason": "FORECAST",
                 "since": "2026-05-28T19:26:59.999Z", "forecast": 150000,
                 "forecastAtLeast": 101000}
                """));
  }

  @Test
  void neverPromotedVideoHasOnlyViews() {
    api.redis.set(RedisKeys.views(1), new RecentViewsValue(AT, 3, 0, 0).toBytes());

    assertThat(client.json("/v1/videos/1/stats"))
        .isEqualTo(
            object(
                """
                {"videoId": "1", "views": 3, "asOf": "2026-05-28T20:26:59.999Z",
                 "tier": "ORIGIN"}
                """));
  }

  @Test
  void cooledVideoHasTheTimeOfItsDemotion() {
    api.redis.set(RedisKeys.tier(2), new TierValue(AT, Tier.ORIGIN, Reason.COOLED).toBytes());

    assertThat(client.json("/v1/videos/2/stats"))
        .isEqualTo(
            object(
                """
                {"videoId": "2", "views": 0, "tier": "ORIGIN", "reason": "COOLED",
                 "since": "2026-05-28T20:26:59.999Z"}
                """));
  }

  @Test
  void unwatchedVideoHasNoViewsAndIsAtTheOrigin() {
    assertThat(client.json("/v1/videos/3/stats"))
        .isEqualTo(object("{\"videoId\": \"3\", \"views\": 0, \"tier\": \"ORIGIN\"}"));
  }

  // ---- All videos

  @Test
  void tiersHaveCountsAndPromotionsHaveSignals() {
    api.redis.set(
        RedisKeys.tiers(),
        TierOverview.newBuilder()
            .setAt(Timestamps.fromMillis(AT))
            .setActive(1_000)
            .setEdge(10)
            .setRegional(90)
            .setEdgeFrom(5_000)
            .setRegionalFrom(700)
            .setViralAbove(100_000)
            .addLast(promotion(8, AT))
            .addLast(promotion(7, AT - HOUR))
            .build()
            .toByteArray());

    assertThat(client.json("/v1/tiers?limit=1"))
        .isEqualTo(
            object(
                """
                {"at": "2026-05-28T20:26:59.999Z",
                 "counts": {"active": 1000, "edge": 10, "regional": 90, "origin": 900},
                 "thresholds": {"edgeFrom": 5000, "regionalFrom": 700, "viralAbove": 100000},
                 "promotions": [
                  {"videoId": "8", "from": "ORIGIN", "to": "EDGE", "reason": "FORECAST",
                   "at": "2026-05-28T20:26:59.999Z", "viewsLastHour": 9000, "distinctShare": 0.75,
                   "forecast": 150000, "forecastAtLeast": 101000, "regionalFrom": 700}]}
                """));
  }

  @Test
  void promotionsAreLimitedAndNewestFirst() {
    TierOverview.Builder overview = TierOverview.newBuilder().setAt(Timestamps.fromMillis(AT));
    for (int i = 0; i < 100; i++) {
      overview.addLast(promotion(100 - i, AT - i * 60_000L));
    }
    api.redis.set(RedisKeys.tiers(), overview.build().toByteArray());

    for (var expected : Map.of("", 20, "?limit=1", 1, "?limit=100", 100).entrySet()) {
      List<Long> videos =
          client
              .json("/v1/tiers" + expected.getKey())
              .getAsJsonArray("promotions")
              .asList()
              .stream()
              .map(promotion -> promotion.getAsJsonObject().get("videoId").getAsLong())
              .toList();
      assertThat(videos)
          .hasSize(expected.getValue())
          .startsWith(100L)
          .isSortedAccordingTo((one, other) -> Long.compare(other, one));
    }
  }

  private static List<Long> promoted(int limit) {
    return client.json("/v1/tiers?limit=" + limit).getAsJsonArray("promotions").asList().stream()
        .map(promotion -> promotion.getAsJsonObject().get("videoId").getAsLong())
        .toList();
  }

  @Test
  void promotionsOfHiddenVideosMakeRoomForOthers() {
    TierOverview.Builder overview = TierOverview.newBuilder().setAt(Timestamps.fromMillis(AT));
    for (int i = 0; i < 5; i++) {
      overview.addLast(promotion(95 - i, AT - i * 60_000L));
    }
    api.redis.set(RedisKeys.tiers(), overview.build().toByteArray());
    assertThat(promoted(2)).containsExactly(95L, 94L);

    api.feeds.remove(CREATOR, 95);
    api.feeds.publish(CREATOR, 94, Video.Visibility.FOLLOWERS);

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(promoted(2)).containsExactly(93L, 92L));
  }

  @Test
  void tierCountsAreNeverNegative() {
    api.redis.set(
        RedisKeys.tiers(),
        TierOverview.newBuilder()
            .setAt(Timestamps.fromMillis(AT))
            .setActive(1)
            .setEdge(2)
            .setRegional(3)
            .setEdgeFrom(Integer.MAX_VALUE)
            .setRegionalFrom(Integer.MAX_VALUE)
            .setViralAbove(100_000)
            .build()
            .toByteArray());

    JsonObject tiers = client.json("/v1/tiers");

    assertThat(tiers.get("counts"))
        .isEqualTo(object("{\"active\": 1, \"edge\": 2, \"regional\": 3, \"origin\": 0}"));
    assertThat(tiers.get("thresholds")).isEqualTo(object("{\"viralAbove\": 100000}"));
  }

  @Test
  void overviewHasNoTimeBeforeTheFirstWrite() {
    assertThat(client.json("/v1/tiers"))
        .isEqualTo(
            object(
                """
                {"counts": {"active": 0, "edge": 0, "regional": 0, "origin": 0},
                 "thresholds": {}, "promotions": []}
                """));
  }

  // ---- Both

  @Test
  void matchingTagsGet304UntilTheResponseChanges() {
    api.redis.set(RedisKeys.views(4), new RecentViewsValue(AT, 3, 0, 0).toBytes());
    for (String path : List.of("/v1/videos/4/stats", "/v1/tiers")) {
      HttpResponse<String> first = client.get(path);
      String tag = first.headers().firstValue("etag").orElseThrow();
      assertThat(first.headers().firstValue("cache-control").orElseThrow())
          .matches("public, max-age=[1-5]");

      for (String known : List.of(tag, "W/" + tag, "\"x\", " + tag, "*")) {
        HttpResponse<String> again = client.send(client.path(path).header("if-none-match", known));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.headers().firstValue("etag")).hasValue(tag);
        assertThat(again.body()).isEmpty();
      }
      api.redis.set(RedisKeys.views(4), new RecentViewsValue(AT, 4, 0, 0).toBytes());
      api.redis.set(
          RedisKeys.tiers(),
          TierOverview.newBuilder().setActive(path.length()).build().toByteArray());
      assertThat(client.send(client.path(path).header("if-none-match", tag)).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void invalidParametersAreRejectedByName() {
    for (String wrong : List.of("0", "-1", "+1", "9223372036854775808", "abc")) {
      assertThat(
              problem(client.get("/v1/videos/" + wrong + "/stats"), 400)
                  .get("detail")
                  .getAsString())
          .isEqualTo("videoId: \"" + wrong + "\" (expected: a positive 63-bit integer)");
    }
    for (String wrong : List.of("0", "101", "-1", "all", "")) {
      assertThat(problem(client.get("/v1/tiers?limit=" + wrong), 400).get("detail").getAsString())
          .isEqualTo("limit: \"" + wrong + "\" (expected: 1..100)");
    }
  }

  @Test
  void frozenRedisReturns503WithinTheDeadline() {
    List<String> paths = List.of("/v1/videos/1/stats", "/v1/tiers");
    api.redis.server.pause();
    try {
      for (String path : paths) {
        HttpResponse<String> response = client.get(path);
        problem(response, 503);
        assertThat(response.headers().firstValue("retry-after")).hasValue("1");
      }
    } finally {
      api.redis.server.resume();
    }
    for (String path : paths) {
      await().atMost(Duration.ofSeconds(10)).until(() -> client.get(path).statusCode() == 200);
    }
  }

  @Test
  void responsesAreCounted() {
    client.get("/v1/videos/1/stats");
    client.get("/v1/tiers");

    assertThat(client.get("/metrics").body())
        .contains("upswell_stats_responses_total{tier=\"origin\"}")
        .contains("upswell_tiers_responses_total")
        .contains("service=\"stats\"")
        .contains("service=\"tiers\"");
  }
}
