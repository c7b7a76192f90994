package dev.upswell.benchmarks.serving;

import dev.upswell.benchmarks.Benchmark;
import dev.upswell.benchmarks.Settings;
import dev.upswell.benchmarks.feed.FeedData;
import dev.upswell.benchmarks.process.ApiWithoutKafka;
import dev.upswell.benchmarks.process.StolenTime;
import dev.upswell.benchmarks.report.Goal;
import dev.upswell.benchmarks.report.Row;
import dev.upswell.benchmarks.report.Samples;
import dev.upswell.options.Option;
import dev.upswell.processes.ApiProcess;
import dev.upswell.processes.RedisProcess;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The API as fast as it can, and at four fifths of that, for each kind of request. */
public final class ServingBenchmark implements Benchmark {
  private static final Option<Integer> USERS =
      Option.integer("users", 100_000, 100, 10_000_000, "Users with a feed of 500 that is ready");
  private static final Option<Part> PART =
      Option.choice(
          "part", Part.ALL, "What to measure; all is all but leak, which takes half an hour");
  private static final int COLD_USERS = 10_000;
  private static final int WIDE_USERS = 200;
  private static final int APP_USERS = 5_000;
  private static final int PUSHES = 5_000;
  private static final String PUSHED = "warm feed, 5,000 feeds a second pushed to";
  private static final String PAGES = "upswell_feed_pages_total";
  private static final String SERVED_FROM_CACHE = "upswell_feed_pages_served_from_cache_total";
  private static final int STALE_PER_SECOND = 1_000;
  private static final int FLOOD = 512;
  private static final double LOAD = 0.8;
  private static final double KILOBYTES_WARM = 200;
  private static final double KILOBYTES_COLD = 2_000;

  /** The goals are those of a warm page, and of one computed from 1,000 outboxes. */
  private static final double MILLIS_P99 = 20;

  private static final double MILLIS_P95 = 50;
  private static final Duration PACED = Duration.ofSeconds(15);
  private static final Duration QUICK = Duration.ofSeconds(2);

  /** A benchmark for {@code ./bench}. */
  public ServingBenchmark() {}

  @Override
  public String name() {
    return "serving";
  }

  @Override
  public String description() {
    return "requests a second, latency, CPU and memory of the API, beside its empty answer (wrk)";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(USERS, PART);
  }

  @Override
  public List<Row> run(Settings settings) {
    if (!Wrk.isInstalled()) {
      throw new IllegalStateException(
          "skipped: wrk is not installed (Debian and Ubuntu: apt-get install wrk)");
    }
    RedisClient client = null;
    try (RedisProcess redis = RedisProcess.start(settings.directory());
        ApiProcess api = ApiWithoutKafka.start(settings.directory(), redis.uri())) {
      settings.progress(FeedData.fill(redis.uri()) + " videos in Redis");
      client = RedisClient.create(redis.uri());
      return measure(settings, redis, api, client.connect(ByteArrayCodec.INSTANCE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (client != null) {
        client.shutdown();
      }
    }
  }

  private static List<Row> measure(
      Settings settings,
      RedisProcess server,
      ApiProcess api,
      StatefulRedisConnection<byte[], byte[]> redis)
      throws IOException {
    int users = settings.given().get(USERS);
    Set<Part> parts = settings.given().get(PART).parts();
    ServingUsers data = new ServingUsers(redis);
    List<String> warm = data.warm(users, api.port());
    settings.progress(users + " feeds of 500 are ready");
    Wrk empty = wrk(settings, api, "empty", List.of("/health/live"));
    List<Row> rows = new ArrayList<>();
    if (parts.contains(Part.WARM)) {
      addWarm(rows, settings, api, empty, warm, redis);
    }
    if (parts.contains(Part.OVERLOAD)) {
      rows.addAll(overload(settings, wrk(settings, api, "flood", warm)));
    }
    if (parts.contains(Part.COLD)) {
      addCold(rows, settings, api, empty, "cold feed, 300 followees", data.cold(COLD_USERS));
      List<String> thousand = data.wide(1_000, WIDE_USERS);
      addCold(rows, settings, api, empty, "feed, 1,000 followees", thousand);
      addWidest(rows, settings, api, empty, data);
    }
    if (parts.contains(Part.VIDEOS)) {
      ServingScenario videos = scenario(settings, api, empty, "20 videos", data.videos());
      addKind(rows, settings, videos, KILOBYTES_WARM);
    }
    if (parts.contains(Part.TRENDING)) {
      ServingScenario trending =
          scenario(settings, api, empty, "trending, 20 of 100", data.trending());
      addKind(rows, settings, trending, KILOBYTES_WARM);
    }
    // Fewer than the API keeps stale pages of.
    List<String> apps = warm.subList(0, Math.min(warm.size(), APP_USERS));
    MixedLoad load = new MixedLoad(api.port(), apps, data.statistics());
    RedisAway away = new RedisAway(settings, api, server, redis, load);
    if (parts.contains(Part.SPIKE)) {
      Wrk peak = wrk(settings, api, "peak", apps);
      Duration time = settings.quick() ? QUICK : Duration.ofSeconds(6);
      // The first of them is compiling.
      peak.run(time);
      rows.addAll(new Spike(settings, api, load).run(peak.run(time).perSecond()));
    }
    if (parts.contains(Part.STALE)) {
      rows.addAll(away.stale(STALE_PER_SECOND));
    }
    if (parts.contains(Part.LEAK)) {
      rows.addAll(away.leak());
    }
    return rows;
  }

  private static void addWarm(
      List<Row> rows,
      Settings settings,
      ApiProcess api,
      Wrk empty,
      List<String> paths,
      StatefulRedisConnection<byte[], byte[]> redis)
      throws IOException {
    Wrk load = wrk(settings, api, "warm", paths);
    settings.progress("each feed once");
    Wrk.Result first = load.run(settings.quick() ? QUICK : Duration.ofSeconds(6));
    rows.add(
        Row.of("warm feed, new to the API: rate", "requests/s", Samples.of(first.perSecond()))
            .beside("GET /health/live", Samples.of(empty.run(QUICK).perSecond())));
    for (long read = first.requests(); read < paths.size(); ) {
      read += load.run(QUICK).requests();
    }
    ServingScenario warm = new ServingScenario("warm feed", api, load, empty);
    warm.run(settings);
    rows.add(warm.rate().to(Goal.ratioAtLeast(0.5)));
    Duration time = settings.quick() ? QUICK : Duration.ofSeconds(6);
    rows.add(
        Row.of("warm feed: rate", "requests/s", Samples.of(warm.perSecond()))
            .beside(
                "LRANGE, pipelined",
                Samples.of(PipelinedLists.perSecond(redis, paths.size(), time))));
    addCosts(rows, warm, KILOBYTES_WARM);
    addPushed(rows, settings, api, new ServingScenario(PUSHED, api, load, empty), redis);
    rows.addAll(paced(settings, api, new Paced("warm feed", paths, 99, MILLIS_P99, false)));
  }

  /** Measures pages of feeds that change, so that Redis sends invalidations and is queried. */
  private static void addPushed(
      List<Row> rows,
      Settings settings,
      ApiProcess api,
      ServingScenario pushed,
      StatefulRedisConnection<byte[], byte[]> redis)
      throws IOException {
    int users = settings.given().get(USERS);
    ApiMetrics before = ApiMetrics.of(api.port());
    try (Pushes pushes = Pushes.begin(redis, users, PUSHES)) {
      rows.add(pushed.run(settings).rate());
      settings.progress(pushes.pushed() + " pushes meanwhile");
    }
    ApiMetrics after = ApiMetrics.of(api.port());
    double pages = after.sum(PAGES) - before.sum(PAGES);
    double servedFromCache = after.sum(SERVED_FROM_CACHE) - before.sum(SERVED_FROM_CACHE);
    rows.add(pushed.cpu());
    rows.add(
        Row.of(
            PUSHED + ": Redis not queried",
            "% of pages",
            Samples.of(100 * servedFromCache / pages)));
  }

  /** Rare, and nothing is promised of them: more than ten at a time wait too long for a turn. */
  private static void addWidest(
      List<Row> rows, Settings settings, ApiProcess api, Wrk empty, ServingUsers data)
      throws IOException {
    List<String> paths = data.wide(10_000, WIDE_USERS);
    ServingScenario widest = scenario(settings, api, empty, "feed, 10,000 followees", paths);
    widest.run(settings);
    rows.addAll(List.of(widest.rate(), widest.p50(), widest.p99(), widest.cpu()));
    rows.addAll(List.of(widest.allocated(), widest.errors()));
  }

  private static void addCold(
      List<Row> rows, Settings settings, ApiProcess api, Wrk empty, String name, List<String> paths)
      throws IOException {
    addKind(rows, settings, scenario(settings, api, empty, name, paths), KILOBYTES_COLD);
    rows.addAll(paced(settings, api, new Paced(name, paths, 95, MILLIS_P95, true)));
  }

  private static ServingScenario scenario(
      Settings settings, ApiProcess api, Wrk empty, String name, List<String> paths)
      throws IOException {
    Wrk load = wrk(settings, api, name.replaceAll("\\W+", "-"), paths);
    return new ServingScenario(name, api, load, empty);
  }

  private static void addKind(
      List<Row> rows, Settings settings, ServingScenario kind, double mostKilobytes)
      throws IOException {
    rows.add(kind.run(settings).rate());
    addCosts(rows, kind, mostKilobytes);
  }

  private static void addCosts(List<Row> rows, ServingScenario scenario, double mostKilobytes) {
    rows.addAll(
        List.of(
            scenario.p50(),
            scenario.p99(),
            scenario.p999(),
            scenario.cpu(),
            scenario.allocated().to(Goal.atMost(mostKilobytes)),
            scenario.errors().to(Goal.atMost(0))));
  }

  /** Latency at 80 % of the maximum rate of the same client. */
  private static List<Row> paced(Settings settings, ApiProcess api, Paced what) throws IOException {
    settings.progress(what.name + " by Hyperfoil");
    Duration time = settings.quick() ? QUICK : PACED;
    Hyperfoil load = Hyperfoil.of(settings.directory(), what.paths, api.port(), what.seldom);
    double most = load.mostThatIsAnswered(time);
    List<Hyperfoil.Result> results = new ArrayList<>();
    List<Double> stolen = new ArrayList<>();
    for (int i = 0; i < settings.rounds(3); i++) {
      StolenTime before = StolenTime.now();
      results.add(load.at(LOAD * most, time));
      stolen.add(StolenTime.now().percentSince(before));
    }
    String at = "%s at 80 %% of Hyperfoil's %,.0f requests/s: ".formatted(what.name, most);
    Row p95 = Row.of(at + "p95", "ms", samples(results, Hyperfoil.Result::p95));
    Row p99 = Row.of(at + "p99", "ms", samples(results, Hyperfoil.Result::p99));
    return List.of(
        Row.of(at + "p50", "ms", samples(results, Hyperfoil.Result::p50)),
        what.percentile == 95 ? p95.to(Goal.atMost(what.millis)) : p95,
        what.percentile == 99 ? p99.to(Goal.atMost(what.millis)) : p99,
        Row.of(
            at + "not answered by 200",
            "% of requests",
            samples(results, Hyperfoil.Result::failedPercent)),
        Row.of(at + "waited to be sent", "ms/request", samples(results, Hyperfoil.Result::waited)),
        Row.of(at + "taken by other machines", "% of processor time", new Samples(stolen)));
  }

  private static Samples samples(
      List<Hyperfoil.Result> results, ToDoubleFunction<Hyperfoil.Result> figure) {
    return new Samples(results.stream().map(figure::applyAsDouble).toList());
  }

  /**
   * Request with its latency limit and percentile.
   *
   * @param seldom whether the rate is some hundred per second
   */
  private record Paced(
      String name, List<String> paths, int percentile, double millis, boolean seldom) {}

  /** Far more connections than slots and queue places. Each repeats a rejected request at once. */
  private static List<Row> overload(Settings settings, Wrk load) throws IOException {
    settings.progress("overload");
    List<Double> calm = new ArrayList<>();
    List<Double> good = new ArrayList<>();
    List<Double> refused = new ArrayList<>();
    List<Double> after = new ArrayList<>();
    for (int i = 0; i < settings.rounds(3); i++) {
      Duration time = settings.quick() ? QUICK : Duration.ofSeconds(6);
      calm.add(load.run(time).goodPerSecond());
      Wrk.Result flood = load.run(time, FLOOD);
      good.add(flood.goodPerSecond());
      refused.add(flood.errorPercent());
      after.add(load.run(time).goodPerSecond());
    }
    String name = "warm feed, %d connections: ".formatted(FLOOD);
    String few = Wrk.CONNECTIONS + " connections";
    return List.of(
        Row.of(name + "answered by 200", "requests/s", new Samples(good))
            .beside(few, new Samples(calm))
            .to(Goal.ratioAtLeast(0.9)),
        Row.of(name + "refused", "% of requests", new Samples(refused)),
        Row.of("warm feed after that", "requests/s", new Samples(after))
            .beside(few, new Samples(calm)));
  }

  private static Wrk wrk(Settings settings, ApiProcess api, String name, List<String> paths)
      throws IOException {
    return Wrk.of(settings.directory(), name, paths, api.port());
  }
}
