package dev.upswell.redis.pipeline;

import static dev.upswell.redis.TestLists.ids;
import static dev.upswell.redis.TestLists.pushTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.upswell.processes.RedisProcess;
import dev.upswell.redis.LocalRedis;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisOptions;
import dev.upswell.redis.RedisUnavailableException;
import dev.upswell.redis.TestLists;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyPipelineOutageIT {
  private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(1);
  private static final int KEYS = 1_024;
  private static final int MAX_IN_FLIGHT = 10 * KEYS;

  @AutoClose private LocalRedis local;
  private RedisProcess server;
  private RedisConnection redis;
  private TestLists feeds;

  @BeforeEach
  void start(@TempDir Path dir) {
    local =
        LocalRedis.start(
            dir,
            usual ->
                new RedisOptions(
                    usual.uri(), "", usual.connectTimeout(), REPLY_TIMEOUT, MAX_IN_FLIGHT));
    server = local.server;
    redis = local.connection;
    feeds = new TestLists(redis);
    feeds.fill(ids(KEYS), id -> 1 + id % 3);
  }

  private static long[] after(int pushes) {
    return LongStream.of(ids(KEYS)).map(id -> 1 + id % 3 + pushes).toArray();
  }

  @Test
  void pausedServerTimesOutAndLaterRepliesMatch() {
    server.pause();
    List<CompletableFuture<long[]>> late = List.of(redis.send(pushTo(ids(KEYS))), all(), all());
    long begun = System.nanoTime();
    for (CompletableFuture<long[]> each : late) {
      assertThatThrownBy(each::join)
          .hasCauseInstanceOf(RedisUnavailableException.class)
          .hasMessageContaining("Redis did not answer LPUSHX of 1024 keys: no reply within 1000");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .isBetween(REPLY_TIMEOUT.minusMillis(200), REPLY_TIMEOUT.plusSeconds(3));
    server.resume();

    // They were on their way, and are executed; their replies are not taken for later ones.
    assertThat(all().join()).containsExactly(after(4));
    assertThat(feeds.lengths(ids(KEYS))).containsExactly(after(4));
  }

  private CompletableFuture<long[]> all() {
    return redis.send(pushTo(ids(KEYS)));
  }

  @Test
  void timedOutCommandsStillCountAsInFlight() {
    server.pause();
    List<CompletableFuture<long[]>> late = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      late.add(all());
    }
    late.forEach(each -> assertThatThrownBy(each::join).hasMessageContaining("no reply within"));

    assertThat(all()).isCompletedExceptionally();
    assertThatThrownBy(all()::join).hasMessageContaining("pending replies");

    server.resume();
    await().untilAsserted(() -> assertThat(all().join()).hasSize(KEYS));
  }

  @Test
  void lostServerFailsPipelinesAndReconnects() {
    server.pause();
    List<CompletableFuture<long[]>> lost = List.of(all(), all());
    server.kill();
    lost.forEach(
        each ->
            assertThatThrownBy(each::join)
                .hasCauseInstanceOf(RedisUnavailableException.class)
                .hasMessageNotContaining("no reply within")); // It need not wait for that.
    assertThatThrownBy(all()::join).hasCauseInstanceOf(RedisUnavailableException.class);

    server.restart();
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(all().join()).containsOnly(0));
    feeds.fill(ids(KEYS), id -> 1 + id % 3);
    // Nothing is left of what was in flight: neither replies nor their number.
    for (int i = 1; i <= 20; i++) {
      assertThat(all().join()).containsExactly(after(i));
    }
  }

  @Test
  void lostServerCompletesAllPipelines() {
    List<CompletableFuture<long[]>> sent = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      sent.add(all());
      if (i == 100) {
        server.kill();
      }
    }
    await()
        .atMost(REPLY_TIMEOUT.plusSeconds(5))
        .untilAsserted(() -> assertThat(sent).allMatch(CompletableFuture::isDone));
    assertThat(sent.stream().filter(CompletableFuture::isCompletedExceptionally)).isNotEmpty();
  }

  @Test
  void closingFailsPipelinesInFlight() {
    server.pause();
    CompletableFuture<long[]> waiting = all();
    redis.close();
    assertThat(waiting).isCompletedExceptionally();
  }
}
