package dev.upswell.benchmarks.serving;

import dev.upswell.benchmarks.Settings;
import dev.upswell.benchmarks.report.Goal;
import dev.upswell.benchmarks.report.Row;
import dev.upswell.benchmarks.report.Samples;
import dev.upswell.processes.ApiProcess;
import dev.upswell.processes.RedisProcess;
import io.lettuce.core.KillArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Redis pauses, or closes its connections. */
final class RedisAway {
  private static final String STALE = "upswell_stale_responses_seconds";
  private static final double STALE_MILLIS = 5;
  private static final double CALM = 200;
  private static final double MORE = 1.1;
  private static final Duration CYCLE = Duration.ofSeconds(4);

  private final Settings settings;
  private final ApiProcess api;
  private final RedisProcess redis;
  private final StatefulRedisConnection<byte[], byte[]> connection;
  private final MixedLoad load;

  RedisAway(
      Settings settings,
      ApiProcess api,
      RedisProcess redis,
      StatefulRedisConnection<byte[], byte[]> connection,
      MixedLoad load) {
    this.settings = settings;
    this.api = api;
    this.redis = redis;
    this.connection = connection;
    this.load = load;
  }

  /**
   * Measures the duration of stale pages with an open circuit breaker, as reported by the API.
   *
   * @param perSecond load
   */
  List<Row> stale(double perSecond) throws IOException {
    settings.progress("stale");
    Duration time = Duration.ofSeconds(settings.quick() ? 3 : 15);
    load.run(perSecond, perSecond, Duration.ZERO, time);
    redis.pause();
    try {
      // Until the breaker opens each request waits for its deadline.
      load.run(CALM, CALM, Duration.ZERO, Duration.ofSeconds(5));
      ApiMetrics before = ApiMetrics.of(api.port());
      load.run(perSecond, perSecond, Duration.ZERO, time);
      ApiMetrics after = ApiMetrics.of(api.port());
      double answers = after.sum(STALE + "_count") - before.sum(STALE + "_count");
      return List.of(
          Row.of("Redis away: stale pages", "answers/s", Samples.of(answers / time.toSeconds()))
              .to(Goal.atLeast(1)),
          Row.of("Redis away: p50 inside, at most", "ms", millis(after, before, 0.5)),
          Row.of("Redis away: p99 inside, at most", "ms", millis(after, before, 0.99))
              .to(Goal.atMost(STALE_MILLIS)));
    } finally {
      redis.resume();
    }
  }

  private static Samples millis(ApiMetrics after, ApiMetrics before, double share) {
    return Samples.of(after.millisAt(STALE, share, before));
  }

  /** Measures the API's resources after many faults, relative to those after the first. */
  List<Row> leak() throws IOException {
    Duration time = settings.quick() ? Duration.ofMinutes(1) : Duration.ofMinutes(30);
    settings.progress("faults for " + time.toMinutes() + " min");
    faults();
    Footprint first = Footprint.of(api);
    long begun = System.nanoTime();
    int times = 1;
    while (System.nanoTime() - begun < time.toNanos()) {
      faults();
      times++;
    }
    Footprint last = Footprint.of(api);
    String name = "after %d outages: ".formatted(times);
    return List.of(
        row(name + "heap", "MB", last.heapMegabytes(), first.heapMegabytes()),
        row(name + "threads", "threads", last.threads(), first.threads()),
        row(name + "open files and connections", "files", last.descriptors(), first.descriptors()));
  }

  private static Row row(String name, String unit, double last, double first) {
    return Row.of(name, unit, Samples.of(last))
        .beside("after the first", Samples.of(first))
        .to(Goal.ratioAtMost(MORE));
  }

  /** An outage, a recovery, a cut of all connections, and another recovery; all under load. */
  private void faults() throws IOException {
    redis.pause();
    load.run(CALM, CALM, Duration.ZERO, CYCLE);
    redis.resume();
    load.run(CALM, CALM, Duration.ZERO, CYCLE);
    connection.sync().clientKill(KillArgs.Builder.typeNormal().skipme());
    load.run(CALM, CALM, Duration.ZERO, CYCLE);
  }
}
