package dev.upswell.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.upswell.api.FaultyProxy.Fault;
import dev.upswell.contract.VideoIds;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.testing.TestRedis;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandType;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens between the API and Redis, every request is answered within its deadline. */
class FaultsIT {
  private static final long T0 = 1_780_000_000_000L;

  /** The API's own, and what a loaded machine may add to it. */
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private static final Duration SLACK = Duration.ofSeconds(2);
  private static final int USERS = 40;
  private static final Duration OPEN = Duration.ofSeconds(3);

  private final ExecutorService threads = Executors.newFixedThreadPool(16);
  private TestRedis redis;
  private FaultyProxy proxy;
  private ApiServer api;
  private ApiClient client;

  @TempDir private Path dir;

  @BeforeEach
  void start() throws Exception {
    redis = TestRedis.start(dir.resolve("redis"));
    fill(redis);
    proxy = FaultyProxy.before(redis.server.port());
    api =
        TestApi.server(
            proxy.uri(),
            "--breaker.open-duration=" + OPEN.toSeconds() + "s",
            "--rate-limit.user.per-second=0");
    client = new ApiClient(api.port());
    for (long user = 1; user <= USERS; user++) {
      assertThat(ApiClient.json(client.get(feed(user))).getAsJsonArray("entries")).hasSize(20);
    }
  }

  @AfterEach
  void stop() throws Exception {
    threads.shutdownNow();
    api.close();
    proxy.close();
    redis.close();
  }

  private static void fill(TestRedis redis) {
    TestFeeds feeds = new TestFeeds(redis.connection);
    for (int i = 0; i < 60; i++) {
      feeds.publish(100 + i % 3, VideoIds.at(T0 + i, 0));
    }
    for (long user = 1; user <= USERS + 20; user++) {
      feeds.follow(user, 100, 101, 102);
      feeds.confirm(user);
    }
  }

  private static String feed(long user) {
    return "/v1/users/" + user + "/feed";
  }

  /** Outcomes of the requests: {@code fresh}, {@code stale}, or a status. */
  private Map<String, Integer> ask(int rounds) {
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      LongStream.rangeClosed(1, USERS)
          .forEach(
              user -> answers.add(CompletableFuture.supplyAsync(() -> askInTime(user), threads)));
    }
    Map<String, Integer> kinds = new HashMap<>();
    answers.forEach(answer -> kinds.merge(answer.join(), 1, Integer::sum));
    return kinds;
  }

  private String askInTime(long user) {
    long begun = System.nanoTime();
    HttpResponse<String> response = client.get(feed(user));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(DEADLINE.plus(SLACK));
    if (response.statusCode() != 200) {
      return Integer.toString(response.statusCode());
    }
    JsonObject page = ApiClient.json(response);
    return page.get("stale").getAsBoolean() ? "stale" : "fresh";
  }

  private JsonObject breaker() {
    return client.json("/stats").getAsJsonObject("breaker");
  }

  private void awaitRecovered() {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(ask(1)).containsOnlyKeys("fresh");
              assertThat(breaker().get("state").getAsString()).isEqualTo("CLOSED");
            });
  }

  @Test
  void tenFailuresOpenBreakerAndServeStaleFeeds() {
    proxy.set(Fault.STOPPED);
    assertThat(ask(1)).containsOnlyKeys("stale");
    assertThat(breaker().get("state").getAsString()).isEqualTo("OPEN");
    assertThat(breaker().get("opened").getAsInt()).isEqualTo(1);

    // No request waits for it, so this returns at once.
    assertThat(ask(5)).containsOnlyKeys("stale");
    assertThat(client.get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(client.get("/metrics").body())
        .containsPattern("upswell_stale_responses_seconds_count 2\\d\\d\n")
        .contains("upswell_stale_responses_seconds_bucket{le=\"0.005\"}");
    HttpResponse<String> unknown = client.get(feed(USERS + 1));
    ApiClient.problem(unknown, 503);
    assertThat(Integer.parseInt(unknown.headers().firstValue("retry-after").orElseThrow()))
        .isBetween(1, (int) OPEN.toSeconds());

    proxy.set(Fault.NONE);
    awaitRecovered();
  }

  @Test
  void repliesAfterTheDeadlineAreTimeouts() {
    proxy.set(Fault.SLOW);
    assertThat(ask(2)).containsOnlyKeys("stale");
    assertThat(breaker().get("opened").getAsInt()).isPositive();

    proxy.set(Fault.NONE);
    awaitRecovered();
  }

  @Test
  void randomDisconnectsLoseNoResponse() {
    int connections = proxy.connections();
    proxy.set(Fault.CUTTING);
    assertThat(ask(10)).containsKeys("stale").doesNotContainKeys("500", "503");

    proxy.set(Fault.NONE);
    awaitRecovered();
    awaitConnections(connections);
  }

  @Test
  void errorRepliesCountAsStoreFailures() {
    proxy.set(Fault.ERRORS);
    assertThat(ask(2)).containsOnlyKeys("stale");
    assertThat(breaker().get("state").getAsString()).isEqualTo("OPEN");

    proxy.set(Fault.NONE);
    awaitRecovered();
  }

  @Test
  void clientReconnectsWhenTheStoreReturns() {
    proxy.set(Fault.GONE);
    assertThat(ask(2)).containsOnlyKeys("stale");

    proxy.set(Fault.NONE);
    awaitRecovered();
  }

  @Test
  void readsWorkWhenRedisIsOutOfMemory() {
    configure("maxmemory", "1");
    configure("maxmemory-policy", "noeviction");

    assertThat(ask(2)).containsOnlyKeys("fresh");
    HttpResponse<String> cold = client.get(feed(USERS + 2));
    assertThat(cold.statusCode()).isEqualTo(200);
    assertThat(ApiClient.json(cold).getAsJsonArray("entries")).hasSize(20);
    assertThat(breaker().get("state").getAsString()).isEqualTo("CLOSED");

    configure("maxmemory", "0");
    awaitRecovered();
  }

  private void configure(String name, String value) {
    Pipeline batch = new Pipeline();
    batch.add(
        CommandType.CONFIG,
        new StatusOutput<>(ByteArrayCodec.INSTANCE),
        Pipeline.args().add("SET").add(name).add(value));
    redis.send(batch);
  }

  @Test
  void failoverToAnEmptyStoreIsServedAndRefilled() throws Exception {
    try (TestRedis empty = TestRedis.start(dir.resolve("empty"))) {
      proxy.leadTo(empty.server.port());
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(ask(1)).containsOnlyKeys("fresh"));
      assertThat(ApiClient.json(client.get(feed(1))).getAsJsonArray("entries")).isEmpty();

      fill(empty);
      assertThat(ApiClient.json(client.get(feed(1))).getAsJsonArray("entries")).hasSize(20);
      proxy.leadTo(redis.server.port());
    }
  }

  @Test
  void repeatedFaultsLeakNoThreadsOrConnections() {
    int before = threadsOfTheApi();
    int connections = proxy.connections();
    for (Fault fault : List.of(Fault.CUTTING, Fault.GONE, Fault.ERRORS, Fault.CUTTING)) {
      proxy.set(fault);
      ask(5);
      proxy.set(Fault.NONE);
      awaitRecovered();
    }
    awaitConnections(connections);
    // A pool may not have been full before.
    assertThat(threadsOfTheApi()).isLessThanOrEqualTo(before + 4);
    JsonObject admission = client.json("/stats").getAsJsonObject("admission");
    assertThat(admission.toString()).isEqualTo("{\"running\":0,\"waiting\":0}");
  }

  private void awaitConnections(int before) {
    await().untilAsserted(() -> assertThat(proxy.connections()).isEqualTo(before));
  }

  private static int threadsOfTheApi() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> name.startsWith("armeria") || name.startsWith("lettuce"))
            .count();
  }
}
