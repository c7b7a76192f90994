package dev.upswell.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.upswell.api.FaultyProxy.Fault;
import dev.upswell.testing.TestRedis;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks which of far too many concurrent requests are served and which are rejected, and the state
 * afterwards. {@code ./bench serving --part=spike} measures latencies.
 */
class SpikeIT {
  private static final int EACH = 80;
  private static final int SLOTS = 2;
  private static final int QUEUE = 40;

  private final ExecutorService threads = Executors.newFixedThreadPool(3 * EACH);
  private TestRedis redis;
  private FaultyProxy proxy;
  private ApiServer api;
  private ApiClient client;

  @TempDir private Path dir;

  /** Kinds of requests, the most urgent first. */
  private enum Kind {
    FIRST_PAGE,
    PREFETCH,
    STATISTICS
  }

  @BeforeEach
  void start() throws Exception {
    redis = TestRedis.start(dir);
    proxy = FaultyProxy.before(redis.server.port());
    api =
        TestApi.server(
            proxy.uri(),
            "--rate-limit.user.per-second=0",
            "--rate-limit.client.per-second=0",
            "--admission.max-concurrent=" + SLOTS,
            "--admission.max-queued=" + QUEUE,
            "--admission.max-wait=20s",
            "--read.deadline=20s",
            "--request.deadline=50s",
            "--redis.reply-timeout=20s");
    client = new ApiClient(api.port());
  }

  @AfterEach
  void stop() throws Exception {
    threads.shutdownNow();
    api.close();
    proxy.close();
    redis.close();
  }

  private HttpRequest.Builder request(Kind kind, int number) {
    return switch (kind) {
      case FIRST_PAGE -> client.path("/v1/users/" + (1 + number) + "/feed");
      case PREFETCH ->
          client.path("/v1/users/" + (1_000 + number) + "/feed").header("Sec-Purpose", "prefetch");
      case STATISTICS -> client.path("/v1/videos/" + (1 + number) + "/stats");
    };
  }

  private JsonObject admission() {
    return client.json("/stats").getAsJsonObject("admission");
  }

  @Test
  void firstPagesHavePriorityUnderOverload() {
    // No request is served until all have arrived, so that their order does not matter.
    proxy.set(Fault.STOPPED);
    Map<Kind, List<CompletableFuture<HttpResponse<String>>>> requests = new EnumMap<>(Kind.class);
    for (Kind kind : List.of(Kind.STATISTICS, Kind.PREFETCH, Kind.FIRST_PAGE)) {
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < EACH; i++) {
        HttpRequest.Builder one = request(kind, i);
        answers.add(CompletableFuture.supplyAsync(() -> client.send(one), threads));
      }
      requests.put(kind, answers);
      await().until(() -> rejected(requests) == EACH * requests.size() - SLOTS - QUEUE);
    }
    proxy.set(Fault.NONE);

    Map<Kind, Integer> answered = new EnumMap<>(Kind.class);
    requests.forEach((kind, answers) -> answered.put(kind, answered(answers)));
    assertThat(answered)
        .as("only those of the less urgent whose turn it was before")
        .isEqualTo(Map.of(Kind.FIRST_PAGE, QUEUE, Kind.PREFETCH, 0, Kind.STATISTICS, SLOTS));

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(admission().toString()).isEqualTo("{\"running\":0,\"waiting\":0}"));
    for (Kind kind : Kind.values()) {
      assertThat(client.send(request(kind, 0)).statusCode()).as(kind.name()).isEqualTo(200);
    }
  }

  private static long rejected(Map<Kind, List<CompletableFuture<HttpResponse<String>>>> requests) {
    return requests.values().stream()
        .flatMap(List::stream)
        .filter(CompletableFuture::isDone)
        .count();
  }

  /** Returns the number of served requests; the others got a Retry-After. */
  private static int answered(List<CompletableFuture<HttpResponse<String>>> answers) {
    int answered = 0;
    for (CompletableFuture<HttpResponse<String>> each : answers) {
      HttpResponse<String> response = each.join();
      if (response.statusCode() == 200) {
        answered++;
      } else {
        ApiClient.problem(response, 503);
        assertThat(response.headers().firstValue("retry-after")).isPresent();
      }
    }
    return answered;
  }
}
