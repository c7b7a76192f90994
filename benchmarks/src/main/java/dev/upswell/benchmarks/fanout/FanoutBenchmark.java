package dev.upswell.benchmarks.fanout;

import dev.upswell.benchmarks.Benchmark;
import dev.upswell.benchmarks.Settings;
import dev.upswell.benchmarks.report.Row;
import dev.upswell.benchmarks.report.Samples;
import dev.upswell.options.Option;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The job as it is deployed: from videos in Kafka to feeds in Redis. */
public final class FanoutBenchmark implements Benchmark {
  private static final Option<Integer> USERS =
      Option.integer(
          "users",
          1_000_000,
          Population.LEAST_USERS,
          10_000_000,
          "Followers of the largest creator; with --quick the least");
  private static final double NANOS = 1e9;
  private static final double MILLION = 1e6;
  private static final long PAUSE_MILLIS = 200;
  private static final Duration CHECKPOINT = Duration.ofSeconds(60);

  /** A benchmark for {@code ./bench}. */
  public FanoutBenchmark() {}

  @Override
  public String name() {
    return "fanout";
  }

  @Override
  public String description() {
    return "the job on real processes: pushes a second, lag, state, small creators beside a large";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(USERS);
  }

  @Override
  public List<Row> run(Settings settings) {
    Population population =
        Population.of(settings.quick() ? Population.LEAST_USERS : settings.given().get(USERS));
    List<Row> rows = new ArrayList<>();
    try (Deployment deployment = Deployment.start(settings.directory(), population.users());
        Events events = new Events(deployment.kafka().bootstrapServers());
        Deliveries deliveries = new Deliveries(deployment.kafka().bootstrapServers())) {
      settings.progress("job runs");
      rows.addAll(fill(settings, population, deployment, events));
      Throughput throughput = new Throughput(settings, deployment, events, deliveries);
      for (Creators creators : population.all()) {
        rows.addAll(throughput.of(creators));
      }
      rows.addAll(new Lanes(settings, deployment, population, events, deliveries).measure());
      if (deployment.flink().restarts(deployment.job()) > 0) {
        throw new IllegalStateException(
            "the job restarted: " + deployment.flink().exceptions(deployment.job()));
      }
    }
    return rows;
  }

  private static List<Row> fill(
      Settings settings, Population population, Deployment deployment, Events events) {
    try (RedisConnection redis = RedisConnection.open(RedisOptions.of(deployment.redis().uri()))) {
      WarmFeeds feeds = new WarmFeeds(population, redis);
      CpuUse before = CpuUse.of(deployment);
      long begun = System.nanoTime();
      feeds.open(events);
      settings.progress("%,d edges in Kafka".formatted(population.edges()));
      feeds.awaitKeepable();
      double seconds = (System.nanoTime() - begun) / NANOS;
      CpuUse used = CpuUse.of(deployment).since(before);
      feeds.build();
      settings.progress("%,d feeds in Redis".formatted(population.users()));
      awaitCheckpoint(deployment);
      CheckpointSize size = CheckpointSize.latest(deployment);
      double edges = population.edges();
      return List.of(
          Row.of("events to audiences that know them", "edges/s", Samples.of(edges / seconds)),
          perMillion("TaskManager", used.taskManager(), edges),
          perMillion("Redis", used.redis(), edges),
          Row.of("checkpoint", "bytes/edge", Samples.of(size.all() / edges)),
          Row.of("checkpoint: audiences", "bytes/edge", Samples.of(size.audience() / edges)));
    }
  }

  private static Row perMillion(String process, double seconds, double edges) {
    return Row.of(
        "events to audiences that know them: CPU of " + process,
        "s/million",
        Samples.of(seconds * MILLION / edges));
  }

  /** A checkpoint that starts from now on; the next one to complete may have started before. */
  private static void awaitCheckpoint(Deployment deployment) {
    long wanted = deployment.flink().completedCheckpoints(deployment.job()) + 2;
    long begun = System.nanoTime();
    try {
      while (deployment.flink().completedCheckpoints(deployment.job()) < wanted) {
        if (System.nanoTime() - begun > CHECKPOINT.toNanos()) {
          throw new IllegalStateException("no checkpoint within " + CHECKPOINT);
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
