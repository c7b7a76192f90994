package dev.upswell.api;

import static dev.upswell.api.ApiClient.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quotas that hardly refill while a test runs, so that they can be counted. */
class RateLimitIT {
  private static final int BURST = 1_000;
  private static final String[] OPTIONS = {
    "--rate-limit.user.burst=" + BURST,
    "--rate-limit.user.per-second=1",
    "--rate-limit.client.per-second=1000000",
    "--rate-limit.client.burst=1000000",
    // Slow machines are not what is tested.
    "--rate-limit.timeout=5s"
  };

  private static TestApi api;
  private static ApiServer second;

  @BeforeAll
  static void start(@TempDir Path dir) {
    api = TestApi.start(dir, OPTIONS);
    second = TestApi.server(api.redis.uri(), OPTIONS);
  }

  @AfterAll
  static void stop() {
    second.close();
    api.close();
  }

  @Test
  void instancesShareQuotasExactly() {
    List<ApiClient> clients = List.of(api.client, new ApiClient(second.port()));
    ExecutorService threads = Executors.newFixedThreadPool(16);
    long begun = System.nanoTime();
    List<CompletableFuture<Integer>> answers =
        IntStream.range(0, BURST + 200)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> clients.get(i % 2).get("/v1/users/1/feed").statusCode(), threads))
            .toList();
    long allowed = answers.stream().filter(answer -> answer.join() == 200).count();
    long seconds = (System.nanoTime() - begun) / 1_000_000_000 + 1;
    threads.shutdown();

    assertThat(allowed).isBetween((long) BURST, BURST + seconds);
    assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isIn(200, 429));
  }

  @Test
  void headersContainRemainingQuotaAndReset() {
    HttpResponse<String> response = api.client.get("/v1/users/2/feed");
    assertThat(response.headers().firstValue("ratelimit-policy"))
        .hasValue("\"user\";q=1000;w=1000, \"client\";q=1000000;w=1");
    assertThat(response.headers().firstValue("ratelimit").orElseThrow())
        .matches("\"user\";r=999;t=1, \"client\";r=\\d+;t=\\d+");
    assertThat(api.client.get("/v1/users/3/feed?limit=0").headers().firstValue("ratelimit"))
        .as("a mistake counts too")
        .isPresent();
    assertThat(api.client.get("/health/live").headers().firstValue("ratelimit")).isEmpty();
  }

  @Test
  void exceededQuotaReturns429WithPolicyAndRetryAfter(@TempDir Path dir) {
    try (ApiServer strict =
        TestApi.server(
            api.redis.uri(), "--rate-limit.user.burst=1", "--rate-limit.user.per-second=1")) {
      ApiClient client = new ApiClient(strict.port());
      HttpResponse<String> rejected = client.get("/v1/users/4/feed");
      while (rejected.statusCode() == 200) {
        rejected = client.get("/v1/users/4/feed");
      }
      JsonObject problem = problem(rejected, 429);
      assertThat(problem.get("type").getAsString())
          .isEqualTo("https://iana.org/assignments/http-problem-types#quota-exceeded");
      assertThat(problem.getAsJsonArray("violated-policies").toString()).isEqualTo("[\"user\"]");
      assertThat(rejected.headers().firstValue("retry-after")).hasValue("1");
      assertThat(client.get("/v1/users/5/feed").statusCode()).as("another user").isEqualTo(200);
    }
  }

  @Test
  void instancesCountLocallyWithoutRedis(@TempDir Path dir) {
    try (TestApi own =
        TestApi.start(
            dir,
            "--rate-limit.user.burst=5",
            "--rate-limit.user.per-second=1",
            "--breaker.failures=1",
            "--redis.reply-timeout=50ms")) {
      assertThat(own.client.get("/v1/users/1/feed").statusCode()).isEqualTo(200);
      own.redis.server.pause();
      try {
        List<Integer> statuses =
            IntStream.range(0, 50)
                .mapToObj(i -> own.client.get("/v1/users/1/feed").statusCode())
                .toList();
        assertThat(statuses).contains(429).containsOnly(200, 429);
        assertThat(own.client.get("/metrics").body())
            .contains("upswell_rate_limit_decisions_total{by=\"instance\"}");
      } finally {
        own.redis.server.resume();
      }
    }
  }
}
