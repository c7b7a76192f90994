package dev.upswell.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upswell.processes.RedisProcess.Persistence;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisOptions;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.pipeline.RedisReply;
import dev.upswell.runtime.redis.RedisCommandEncoder.AfterWrite;
import dev.upswell.testing.TestRedis;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Writes to a Redis that goes away and comes back. */
@Timeout(120)
class OrderedRedisWriterIT {
  private static final int COUNT = 20_000;
  private static final byte[] LAST = "last".getBytes(StandardCharsets.US_ASCII);

  /** Run, in the job's thread, before the last element is written. */
  private static volatile Runnable atTheLast = () -> {};

  @TempDir private Path dir;
  private TestRedis redis;

  @BeforeEach
  void start() {
    redis = TestRedis.start(dir, Persistence.APPEND_ONLY);
  }

  @AfterEach
  void stop() {
    atTheLast = () -> {};
    redis.close();
  }

  private RedisOptions settings() {
    return new RedisOptions(
        URI.create(redis.uri()),
        "",
        Duration.ofSeconds(2),
        Duration.ofSeconds(1),
        Integer.MAX_VALUE);
  }

  /** For longer than replies may take, so that what is sent fails and is sent again. */
  private void freeze() {
    redis.server.pause();
    var unused =
        CompletableFuture.runAsync(
            redis.server::resume, CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS));
  }

  private static AfterWrite remember(Integer number, Pipeline batch) {
    if (number == COUNT - 1) {
      atTheLast.run();
    }
    byte[] text = Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
    batch.set(LAST, text);
    batch.set(("n" + number).getBytes(StandardCharsets.US_ASCII), text);
    return AfterWrite.NOTHING;
  }

  private CloseableIterator<Integer> write(int count, Duration retryFor) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
    env.enableCheckpointing(500);
    env.getConfig().enableObjectReuse();
    return AcknowledgedRedisWriteOperator.apply(
            env.fromSequence(0, count - 1L).map(Long::intValue).returns(Types.INT),
            "writes",
            settings(),
            new RedisWriteSettings(500, 10, retryFor),
            OrderedRedisWriterIT::remember)
        .executeAndCollect("writes");
  }

  private String value(String key) {
    // A new connection, because the one of the fixture may still wait to reconnect.
    try (RedisConnection connection = RedisConnection.open(redis.settings())) {
      Pipeline pipeline = new Pipeline();
      RedisReply<byte[]> reply = pipeline.get(key.getBytes(StandardCharsets.US_ASCII));
      connection.send(pipeline).join();
      return new String(reply.get(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void elementsStayInOrderWithoutLossThroughRedisRestarts() throws Exception {
    try (CloseableIterator<Integer> passed = write(COUNT, Duration.ofMinutes(1))) {
      for (int i = 0; i < COUNT; i++) {
        assertThat(passed.next()).isEqualTo(i);
        if (i == 2_000) {
          freeze();
        } else if (i == 10_000) {
          // What the file does not have yet is lost with it, as it is with any Redis: so stop, not
          // kill.
          redis.server.stop();
          redis.server.restart();
        }
      }
      assertThat(passed.hasNext()).isFalse();
    }

    assertThat(value("last")).isEqualTo(Integer.toString(COUNT - 1));
    for (int i : List.of(0, 1_999, 2_000, 2_500, 9_999, 10_000, 10_500, COUNT - 1)) {
      assertThat(value("n" + i)).isEqualTo(Integer.toString(i));
    }
  }

  @Test
  void lastElementsAreWrittenAfterRedisReturns() throws Exception {
    atTheLast = this::freeze;

    try (CloseableIterator<Integer> passed = write(COUNT, Duration.ofMinutes(1))) {
      assertThat(passed).toIterable().hasSize(COUNT).endsWith(COUNT - 1);
    }

    assertThat(value("last")).isEqualTo(Integer.toString(COUNT - 1));
  }

  @Test
  void jobFailsWhenRedisIsDownLongerThanTheRetryTime() throws Exception {
    // Enough elements for the job to be busy when Redis stops.
    try (CloseableIterator<Integer> passed = write(1_000 * COUNT, Duration.ZERO)) {
      passed.next();
      redis.server.stop();

      assertThatThrownBy(() -> passed.forEachRemaining(number -> {}))
          .hasStackTraceContaining("writes to Redis failed for");
    }
  }
}
