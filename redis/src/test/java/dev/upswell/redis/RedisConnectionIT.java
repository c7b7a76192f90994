package dev.upswell.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upswell.processes.RedisProcess;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisConnectionIT {
  @Test
  void whatIsAnsweredIsLetGoLongBeforeItsTimeWouldHaveBeenOver(@TempDir Path directory) {
    try (RedisProcess server = RedisProcess.start(directory);
        RedisConnection redis = RedisConnection.open(patient(server.uri()))) {
      WeakReference<RedisBatch> batch = answered(redis);
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                System.gc();
                assertThat(batch.get()).isNull();
              });
    }
  }

  private static WeakReference<RedisBatch> answered(RedisConnection redis) {
    RedisBatch batch = new RedisBatch();
    batch.set(Feeds.KEYS.of(1), Feeds.ENTRY);
    redis.send(batch).join();
    return new WeakReference<>(batch);
  }

  private static RedisSettings patient(String uri) {
    RedisSettings usual = RedisSettings.of(uri);
    Duration minutes = Duration.ofMinutes(5);
    return new RedisSettings(
        usual.uri(), "", minutes, minutes, usual.maxInFlight(), usual.ioThreads());
  }
}
