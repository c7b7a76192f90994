package dev.upswell.benchmarks.fanout;

import dev.upswell.contract.Topics;
import dev.upswell.processes.FlinkCluster;
import dev.upswell.processes.FlinkSettings;
import dev.upswell.processes.Home;
import dev.upswell.processes.KafkaProcess;
import dev.upswell.processes.RedisProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Kafka, a Redis that keeps nothing, and a Flink cluster of one TaskManager with two slots that
 * runs the job's jar. Used by one thread.
 */
final class Deployment implements AutoCloseable {
  static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);

  private static final Path JAR = Home.directory().resolve("jobs/fanout/target/fanout.jar");
  private static final int PARTITIONS = 4;
  private static final int SLOTS = 2;
  private static final Duration RUNNING = Duration.ofSeconds(90);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final KafkaProcess kafka;
  private final RedisProcess redis;
  private final FlinkCluster flink;
  private final String job;

  private Deployment(Path directory, int mostFollowers) {
    try {
      kafka = part(() -> startKafka(directory.resolve("kafka")));
      redis = part(() -> RedisProcess.start(directory.resolve("redis")));
      flink = part(() -> FlinkCluster.start(directory.resolve("flink"), settings(directory)));
      job = flink.submit(JAR, arguments(directory, mostFollowers));
      flink.awaitRunning(job, RUNNING);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts everything and waits until the job runs.
   *
   * @param mostFollowers up to which creators are pushed
   */
  static Deployment start(Path directory, int mostFollowers) {
    return new Deployment(directory, mostFollowers);
  }

  KafkaProcess kafka() {
    return kafka;
  }

  RedisProcess redis() {
    return redis;
  }

  FlinkCluster flink() {
    return flink;
  }

  /** The id of the job. */
  String job() {
    return job;
  }

  /** The process in which the job's operators run. */
  long taskManagerPid() {
    return flink.pids().get(1);
  }

  private static KafkaProcess startKafka(Path directory) {
    KafkaProcess started = KafkaProcess.start(directory);
    for (String topic :
        List.of(
            TOPICS.videos(),
            TOPICS.follows(),
            TOPICS.sessions(),
            TOPICS.control(),
            TOPICS.feedDeliveries(),
            TOPICS.deadLetters())) {
      started.createTopic(topic, PARTITIONS, Map.of());
    }
    return started;
  }

  private static FlinkSettings settings(Path directory) {
    return FlinkSettings.defaults()
        .withTaskManagers(1, SLOTS)
        .withCheckpoints(directory.resolve("checkpoints"))
        .withExtra(Map.of("parallelism.default", Integer.toString(SLOTS)));
  }

  private List<String> arguments(Path directory, int mostFollowers) {
    return List.of(
        "--kafka.bootstrap-servers",
        kafka.bootstrapServers(),
        "--redis.uri",
        redis.uri(),
        "--checkpoints.dir",
        directory.resolve("checkpoints").toUri().toString(),
        "--checkpoints.interval",
        "2s",
        "--pull.creators-above",
        Integer.toString(mostFollowers),
        // Without readers no list is compacted, and none may be dropped.
        "--feed.max-entries",
        "10000",
        "--outbox.max-entries",
        "10000");
  }

  private <T extends AutoCloseable> T part(Supplier<T> start) {
    T part = start.get();
    parts.push(part);
    return part;
  }

  /** Ends every process, the one started last first. */
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("a process could not be ended", e);
      }
    }
  }
}
