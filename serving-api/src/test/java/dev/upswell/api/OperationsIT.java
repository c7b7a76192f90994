package dev.upswell.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.redis.pipeline.Pipeline;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandType;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests videos, traces, unknown paths, metrics and health. */
class OperationsIT {
  private static final long T0 = 1_780_000_000_000L;
  private static TestApi api;

  @BeforeAll
  static void start(@TempDir Path dir) {
    api =
        TestApi.start(
            dir, "--stale.max-mib=0", "--breaker.failures=2", "--breaker.open-duration=5s");
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static Video.Builder video(long id) {
    return TestFeeds.video(7, id);
  }

  // ---- Videos

  @Test
  void visibleVideosKeepOrderAndHiddenOnesAreMissing() {
    long shown = VideoIds.at(T0, 1);
    long bare = VideoIds.at(T0, 2);
    long hidden = VideoIds.at(T0, 3);
    long removed = VideoIds.at(T0, 4);
    api.feeds.publish(
        video(shown)
            .setDurationMs(15_000)
            .setCategory("cooking")
            .addHashtags("pasta")
            .addHashtags("über")
            .setLanguage("pt-BR")
            .setRegion("BR")
            .build());
    api.feeds.publish(video(bare).build());
    api.feeds.publish(video(hidden).setVisibility(Video.Visibility.PRIVATE).build());
    api.feeds.publish(video(removed).build());
    api.feeds.remove(video(removed).build());

    JsonObject answer =
        api.client.json(
            "/v1/videos?ids=%d,%d,%d,%d,%d,1".formatted(bare, hidden, shown, removed, bare));

    JsonObject first = answer.getAsJsonArray("videos").get(0).getAsJsonObject();
    assertThat(first.get("videoId").getAsString()).isEqualTo(Long.toString(bare));
    JsonObject second = answer.getAsJsonArray("videos").get(1).getAsJsonObject();
    assertThat(second.toString())
        .isEqualTo(
            """
            {"videoId":"%d","creatorId":"7","publishedAt":"2026-05-28T20:26:40Z","durationMs":15000,\
            "category":"cooking","language":"pt-BR","region":"BR","hashtags":["pasta","über"]}"""
                .formatted(shown));
    assertThat(answer.getAsJsonArray("videos")).hasSize(2);
    assertThat(answer.getAsJsonArray("missing").toString())
        .isEqualTo("[\"%d\",\"%d\",\"1\"]".formatted(hidden, removed));
  }

  @Test
  void oneToHundredIdsAreAllowedAndInvalidOnesNamed() {
    String hundred = LongStream.rangeClosed(1, 100).mapToObj(Long::toString).collect(ids());
    assertThat(api.client.json("/v1/videos?ids=" + hundred).getAsJsonArray("missing")).hasSize(100);
    String[][] wrong = {
      {"", "ids"},
      {"?ids=", "ids[0]"},
      {"?ids=1,x", "ids[1]"},
      {"?ids=1,,2", "ids[1]"},
      {"?ids=" + hundred + ",101", "ids"},
      {"?ids=1,%D9%A2", "ids[1]"}
    };
    for (String[] one : wrong) {
      JsonObject problem = ApiClient.problem(api.client.get("/v1/videos" + one[0]), 400);
      assertThat(ApiClient.field(problem)).isEqualTo(one[1]);
    }
  }

  private static java.util.stream.Collector<CharSequence, ?, String> ids() {
    return Collectors.joining(",");
  }

  // ---- Traces

  @Test
  void validCallerTracesAreJoinedAndInvalidReplaced() {
    String id = "4bf92f3577b34da6a3ce929d0e0e4736";
    assertThat(requestId("00-" + id + "-00f067aa0ba902b7-01")).isEqualTo(id);
    assertThat(requestId("01-" + id + "-00f067aa0ba902b7-01-more")).isEqualTo(id);
    for (String none :
        List.of(
            "",
            "x",
            "ff-" + id + "-00f067aa0ba902b7-01",
            "00-" + id + "-00f067aa0ba902b7-01-more",
            "00-" + id.toUpperCase(java.util.Locale.ROOT) + "-00f067aa0ba902b7-01",
            "00-" + "0".repeat(32) + "-00f067aa0ba902b7-01",
            "00-" + id + "-0000000000000000-01")) {
      assertThat(requestId(none)).matches("[0-9a-f]{32}").isNotEqualTo(id);
    }
  }

  private static String requestId(String traceparent) {
    HttpResponse<String> response =
        api.client.send(api.client.path("/health/live").header("traceparent", traceparent));
    return response.headers().firstValue("x-request-id").orElseThrow();
  }

  // ---- Paths

  @Test
  void unknownPathIsAProblem() {
    ApiClient.problem(api.client.get("/v1/nothing"), 404);
    ApiClient.problem(api.client.get("/v1/events"), 405);
  }

  // ---- Figures

  @Test
  void statsAndMetricsAreServed() {
    api.client.get("/v1/users/1/feed");

    JsonObject stats = api.client.json("/stats");
    assertThat(stats.getAsJsonObject("feed").get("pages").getAsLong()).isPositive();
    assertThat(stats.getAsJsonObject("requests").getAsJsonObject("feed").get("count").getAsLong())
        .isPositive();
    assertThat(stats.getAsJsonObject("redis").get("connected").getAsBoolean()).isTrue();
    assertThat(api.client.get("/metrics").body())
        .contains("upswell_http_total_duration_seconds_bucket{")
        .contains("service=\"feed\"")
        .contains("le=\"0.05\"")
        .contains("upswell_breaker_state")
        .contains("upswell_admission_running")
        .contains("upswell_rate_limit_decisions_total")
        .contains("upswell_stale_bytes")
        .contains("upswell_redis_pipelines")
        .contains("jvm_memory_used_bytes");
  }

  // ---- Health

  @Test
  void healthAndMetricsAreServed() {
    api.client.get("/v1/users/1/feed");

    assertThat(api.client.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(api.client.get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(api.client.get("/metrics").body())
        .contains("upswell_feed_pages_total{source=\"computed\"}")
        .contains("upswell_http");
  }

  @Test
  void withoutStoreAndStalePagesItIsNotReady() {
    Pipeline wrong = new Pipeline();
    wrong.set(RedisKeys.following(8), new byte[] {1});
    // A list where a text has to be: each read of it is refused.
    wrong.add(
        CommandType.SET,
        new StatusOutput<>(ByteArrayCodec.INSTANCE),
        Pipeline.args().addKey(RedisKeys.feed(8)).addValue(new byte[] {1}));
    api.redis.send(wrong);
    assertThat(api.client.get("/health/ready").statusCode()).isEqualTo(200);

    assertThat(api.client.get("/v1/users/8/feed").statusCode()).isEqualTo(503);
    assertThat(api.client.get("/v1/users/8/feed").statusCode()).isEqualTo(503);

    HttpResponse<String> rejected = api.client.get("/v1/users/9/feed");
    assertThat(rejected.statusCode()).isEqualTo(503);
    assertThat(Integer.parseInt(rejected.headers().firstValue("retry-after").orElseThrow()))
        .isBetween(1, 5);
    assertThat(api.client.get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(api.client.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(api.client.json("/stats").getAsJsonObject("breaker").get("state").getAsString())
        .isEqualTo("OPEN");
    await()
        .atMost(java.time.Duration.ofSeconds(60))
        .until(() -> api.client.get("/v1/users/9/feed").statusCode() == 200);
  }
}
