package dev.upswell.benchmarks.views;

import dev.upswell.contract.Topics;
import dev.upswell.processes.Home;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * A job that reads the whole topic, measured by the offsets that it commits with each checkpoint.
 *
 * @param name display name
 * @param jar submitted jar
 * @param group its consumer group
 * @param arguments besides the common ones
 * @param checkpoints interval of checkpoints, which is the resolution of the measurement
 * @param limit time after which it is stopped
 */
record JobContender(
    String name,
    Path jar,
    String group,
    List<String> arguments,
    Duration checkpoints,
    Duration limit) {
  private static final Path OURS = jar("jobs/viral-detector/target/viral-detector.jar");
  private static final Path RIVALS = jar("benchmarks/rivals/target/rivals.jar");
  private static final Duration LIMIT = Duration.ofSeconds(150);
  private static final Duration CHECKPOINTS = Duration.ofSeconds(5);
  private static final Duration READY = Duration.ofSeconds(90);
  private static final long PAUSE_MILLIS = 50;
  private static final double NANOS = 1e9;

  /** A job runs for weeks, but the compilers are busy during the first part of the topic. */
  private static final double WARM_UP = 0.5;

  private static final double ENOUGH = 0.97;

  private static Path jar(String place) {
    return Home.directory().resolve(place);
  }

  /** The viral detector with its defaults. */
  static JobContender ours() {
    return ours(LIMIT);
  }

  /** The viral detector with a longer time limit. */
  static JobContender ours(Duration limit) {
    return new JobContender("ours", OURS, "viral-detector", List.of(), CHECKPOINTS, limit);
  }

  /** Flink SQL's HOP. */
  static JobContender hop(String format) {
    return new JobContender(
        "Flink SQL HOP",
        RIVALS,
        "hop",
        List.of("--way", "hop", "--format", format),
        CHECKPOINTS,
        LIMIT);
  }

  /** Flink's source, with nothing behind it. */
  static JobContender onlyRead() {
    return new JobContender(
        "Flink source alone",
        RIVALS,
        "read",
        List.of("--way", "read"),
        Duration.ofSeconds(1),
        LIMIT);
  }

  /** Sliding windows, until their rate is known. */
  static JobContender sliding(Duration limit) {
    return new JobContender(
        "SlidingEventTimeWindows",
        RIVALS,
        "sliding",
        List.of("--way", "sliding"),
        CHECKPOINTS,
        limit);
  }

  /** Time of a completed checkpoint. */
  private record Sample(long nanos, long read, double cpu, Run.Footprint footprint) {}

  /** Reads the topic from its beginning. */
  Run run(ViewsDeployment deployment, Topics topics, long total) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", deployment.bootstrapServers()))) {
      deleteOffsets(admin);
      String job = deployment.flink().submit(jar, arguments(deployment, topics));
      try {
        deployment.flink().awaitRunning(job, READY);
        List<Sample> samples = watch(admin, deployment, job, total);
        if (deployment.flink().restarts(job) > 0) {
          throw new IllegalStateException(
              name + " restarted: " + deployment.flink().exceptions(job));
        }
        return between(samples, total);
      } finally {
        deployment.flink().cancel(job);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Kafka does not tell offsets", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring", e);
    }
  }

  private List<String> arguments(ViewsDeployment deployment, Topics topics) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(
        List.of(
            "--kafka.bootstrap-servers", deployment.bootstrapServers(),
            "--topics.prefix", topics.prefix(),
            "--redis.uri", deployment.redis().uri(),
            "--checkpoints.dir", deployment.checkpoints().toUri().toString(),
            "--checkpoints.interval", checkpoints.toSeconds() + "s"));
    return all;
  }

  private List<Sample> watch(Admin admin, ViewsDeployment deployment, String job, long total)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<Sample> samples = new ArrayList<>();
    long begun = System.nanoTime();
    long known = 0;
    while (known < total && System.nanoTime() - begun < limit.toNanos()) {
      long read = committed(admin);
      if (read > known) {
        known = read;
        samples.add(
            new Sample(
                System.nanoTime(),
                read,
                deployment.taskManagerSeconds(),
                deployment.footprint(job)));
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    return samples;
  }

  /** From the end of the warm-up to the last checkpoint with a backlog, or to the end. */
  private Run between(List<Sample> samples, long total) {
    long last = samples.isEmpty() ? 0 : samples.get(samples.size() - 1).read();
    List<Sample> measured =
        samples.stream()
            .filter(sample -> sample.read() >= WARM_UP * last && sample.read() <= ENOUGH * total)
            .toList();
    if (measured.size() < 2) {
      throw new IllegalStateException(
          "%s: read %,d of %,d in %d checkpoints, too few to measure"
              .formatted(name, last, total, samples.size()));
    }
    Sample from = measured.get(0);
    Sample to = measured.get(measured.size() - 1);
    return new Run(
        to.read() - from.read(),
        (to.nanos() - from.nanos()) / NANOS,
        to.cpu() - from.cpu(),
        last,
        from.footprint(),
        to.footprint());
  }

  private long committed(Admin admin)
      throws InterruptedException, ExecutionException, TimeoutException {
    return admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get(30, TimeUnit.SECONDS)
        .values()
        .stream()
        .mapToLong(OffsetAndMetadata::offset)
        .sum();
  }

  /** Deletes the committed offsets of an earlier run. */
  private void deleteOffsets(Admin admin)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      admin.deleteConsumerGroups(List.of(group)).all().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof GroupIdNotFoundException)) {
        throw e;
      }
    }
  }
}
