package dev.upswell.benchmarks.views;

import dev.upswell.benchmarks.process.CpuTime;
import dev.upswell.contract.Topics;
import dev.upswell.processes.FlinkCluster;
import dev.upswell.processes.FlinkSettings;
import dev.upswell.processes.KafkaProcess;
import dev.upswell.processes.RedisProcess;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Kafka, a Redis that keeps nothing, and a Flink cluster of one TaskManager with two slots. Used by
 * one thread.
 */
final class ViewsDeployment implements AutoCloseable {
  static final int PARALLELISM = 2;
  private static final int HEAP = 1_024;
  private static final int MANAGED = 512;
  private static final int NETWORK = 128;

  /** The advice of docs/operations.md: the whole heap from the start, in large pages. */
  private static final String TASK_MANAGER_FLAGS = "-Xms" + HEAP + "m -XX:+UseTransparentHugePages";

  private static final double NANOS = 1e9;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Path directory;
  private final KafkaProcess kafka;
  private final RedisProcess redis;
  private final FlinkCluster flink;

  ViewsDeployment(Path directory) {
    this.directory = directory;
    try {
      kafka = part(() -> KafkaProcess.start(directory.resolve("kafka")));
      redis = part(() -> RedisProcess.start(directory.resolve("redis")));
      flink =
          part(
              () ->
                  FlinkCluster.start(
                      directory.resolve("flink"),
                      FlinkSettings.defaults()
                          .withTaskManagers(1, PARALLELISM)
                          .withMemory(HEAP, MANAGED, NETWORK)
                          .withCheckpoints(directory.resolve("checkpoints"))
                          .withExtra(
                              Map.of(
                                  "parallelism.default",
                                  Integer.toString(PARALLELISM),
                                  "env.java.opts.taskmanager",
                                  TASK_MANAGER_FLAGS))));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Returns topics with their own prefix. */
  Topics topics(String prefix) {
    Topics topics = new Topics(prefix);
    kafka.createTopic(topics.views(), PARALLELISM, Map.of());
    for (String topic :
        new String[] {
          topics.videos(),
          topics.hourlyViews(),
          topics.promotions(),
          topics.lateEvents(),
          topics.deadLetters()
        }) {
      kafka.createTopic(topic, PARALLELISM, Map.of());
    }
    return topics;
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  RedisProcess redis() {
    return redis;
  }

  FlinkCluster flink() {
    return flink;
  }

  Path checkpoints() {
    return directory.resolve("checkpoints");
  }

  /** Processor time of the process in which operators run, in seconds. */
  double taskManagerSeconds() {
    return CpuTime.of(flink.pids().get(1)).toNanos() / NANOS;
  }

  /** Returns the resources of the cluster and the last checkpoint of a job. */
  Run.Footprint footprint(String job) {
    return new Run.Footprint(flink.memoryBytes().orElse(0), flink.checkpointBytes(job));
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
