package dev.upswell.redis.pipeline;

import static dev.upswell.redis.TestLists.ids;
import static dev.upswell.redis.TestLists.pushTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upswell.processes.ChildProcess;
import dev.upswell.processes.Ports;
import dev.upswell.processes.RedisProcess;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisOptions;
import dev.upswell.redis.TestLists;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.sentinel.api.sync.RedisSentinelCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.core.ExecutableProvider;

/** A master, a replica and a sentinel on this machine; the master goes away. */
class KeyPipelineSentinelIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int MANY = 1_024;

  private final List<ChildProcess> others = new ArrayList<>();
  private final int sentinel = Ports.free();
  private RedisProcess master;
  private RedisClient client;

  @BeforeEach
  void start(@TempDir Path dir) throws IOException {
    Path executable =
        ExecutableProvider.newJarResourceProvider(
                Files.createDirectories(dir.resolve("bin")).toFile())
            .get()
            .toPath();
    master = RedisProcess.start(dir.resolve("master"));
    launch(
        dir.resolve("replica"),
        executable.toString(),
        "--port",
        Integer.toString(Ports.free()),
        "--bind",
        "127.0.0.1",
        "--replicaof",
        "127.0.0.1",
        Integer.toString(master.port()));
    Path settings = Files.createDirectories(dir.resolve("sentinel")).resolve("sentinel.conf");
    Files.writeString(
        settings,
        """
        port %d
        bind 127.0.0.1
        sentinel monitor upswell 127.0.0.1 %d 1
        sentinel down-after-milliseconds upswell 1000
        sentinel failover-timeout upswell 10000
        """
            .formatted(sentinel, master.port()));
    launch(dir.resolve("sentinel"), executable.toString(), settings.toString(), "--sentinel");
    client = RedisClient.create();
    await().atMost(SOON).ignoreExceptions().until(() -> replicas() == 1);
  }

  private void launch(Path directory, String... command) {
    String name = directory.getFileName().toString();
    others.add(
        ChildProcess.start(
            "Redis " + name,
            List.of(command),
            directory,
            directory.resolve("redis.log"),
            Map.of()));
  }

  /** Returns the number of replicas that are in sync, according to the sentinel. */
  private long replicas() {
    try (var connection = client.connectSentinel(RedisURI.create("127.0.0.1", sentinel))) {
      RedisSentinelCommands<String, String> commands = connection.sync();
      return commands.replicas("upswell").stream()
          .filter(replica -> "ok".equals(replica.get("master-link-status")))
          .count();
    }
  }

  @AfterEach
  void stop() {
    client.shutdown();
    others.forEach(ChildProcess::close);
    master.close();
  }

  @Test
  void pipelinesFollowASentinelFailover() {
    String uri = "redis-sentinel://127.0.0.1:" + sentinel + "#upswell";
    try (RedisConnection redis = RedisConnection.open(RedisOptions.of(uri))) {
      TestLists feeds = new TestLists(redis);
      long[] ids = ids(MANY);
      feeds.fill(ids, id -> 1);
      assertThat(redis.send(pushTo(ids)).join()).containsOnly(2);
      try (RedisConnection own = RedisConnection.open(RedisOptions.of(master.uri()))) {
        assertThat(new TestLists(own).lengths(ids)).containsOnly(2);
      }

      master.close();

      await()
          .atMost(SOON)
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(redis.send(pushTo(ids)).join()).containsOnly(3));
      assertThat(feeds.lengths(ids)).containsOnly(3);
    }
  }
}
