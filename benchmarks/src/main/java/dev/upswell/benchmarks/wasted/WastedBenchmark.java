package dev.upswell.benchmarks.wasted;

import dev.upswell.benchmarks.Benchmark;
import dev.upswell.benchmarks.Settings;
import dev.upswell.benchmarks.report.Row;
import dev.upswell.benchmarks.report.Samples;
import dev.upswell.feeds.FeedOptions;
import dev.upswell.local.traffic.GeneratedDays;
import dev.upswell.options.Option;
import java.time.Instant;
import java.util.List;

/**
 * Counts pushes that are lost unread: those of the second of three generated days, so that feeds
 * have their full age before and time to be read afterwards. An in-memory computation with the
 * job's decisions, not a measurement of the job.
 */
public final class WastedBenchmark implements Benchmark {
  private static final Option<Integer> USERS =
      Option.integer("users", 20_000, 100, 1_000_000, "Users of the app; with --quick a tenth");
  private static final int USERS_PER_CREATOR = 20;
  private static final int DAYS = 3;
  private static final long SEED = 1;
  private static final long BEGIN = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();

  /** A benchmark for {@code ./bench}. */
  public WastedBenchmark() {}

  @Override
  public String name() {
    return "wasted";
  }

  @Override
  public String description() {
    return "pushes of a generated day that are never read, computed with the job's decisions";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(USERS);
  }

  @Override
  public List<Row> run(Settings settings) {
    int users = settings.given().get(USERS) / (settings.quick() ? 10 : 1);
    App app = new App(FeedOptions.DEFAULT, SEED);
    GeneratedDays days =
        new GeneratedDays(users, Math.max(1, users / USERS_PER_CREATOR), SEED, BEGIN, app);
    for (int day = 1; day <= DAYS; day++) {
      app.count(day == 2);
      days.playUntilEndOf(day);
      settings.progress("day %d of %,d users is over".formatted(day, users));
    }
    HeldFeed.Fates fates = app.fates();
    if (fates.read + fates.wasted != fates.pushed) {
      throw new IllegalStateException(
          "pushes: %d (expected: %d read + %d wasted)"
              .formatted(fates.pushed, fates.read, fates.wasted));
    }
    long commands = fates.pushed + fates.cold;
    return List.of(
        row("pushes of the day", "pushes/user", (double) fates.pushed / users),
        row("never read before the feed was gone", "% of pushes", percent(fates.wasted, commands)),
        row("found no feed", "% of pushes", percent(fates.cold, commands)),
        row(
            "followers not pushed to, being away",
            "% of followers",
            percent(app.followers() - commands, app.followers())),
        row("feeds built in three days", "builds/user", (double) fates.built / users));
  }

  private static double percent(long part, long whole) {
    return 100.0 * part / whole;
  }

  private static Row row(String figure, String unit, double value) {
    return Row.of(figure, unit, Samples.of(value));
  }
}
