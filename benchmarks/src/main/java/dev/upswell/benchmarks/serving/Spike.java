package dev.upswell.benchmarks.serving;

import dev.upswell.benchmarks.Settings;
import dev.upswell.benchmarks.report.Goal;
import dev.upswell.benchmarks.report.Row;
import dev.upswell.benchmarks.report.Samples;
import dev.upswell.benchmarks.serving.MixedLoad.Kind;
import dev.upswell.benchmarks.serving.MixedLoad.Outcome;
import dev.upswell.processes.ApiProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The load rises tenfold within ten seconds, for a minute. */
final class Spike {
  private static final double TIMES = 10;
  private static final double MILLIS_P99 = 200;
  private static final double GOODPUT = 0.9;
  private static final double HEAP = 1.2;

  private final Settings settings;
  private final ApiProcess api;
  private final MixedLoad load;

  Spike(Settings settings, ApiProcess api, MixedLoad load) {
    this.settings = settings;
    this.api = api;
    this.load = load;
  }

  private Duration seconds(int seconds) {
    return Duration.ofSeconds(settings.quick() ? Math.max(2, seconds / 5) : seconds);
  }

  /**
   * Measures the spike.
   *
   * @param peak maximum requests per second, as the start of the search
   */
  List<Row> run(double peak) throws IOException {
    settings.progress("spike");
    double best = 0;
    double calm = 0;
    for (double share : new double[] {0.3, 0.5, 0.7, 0.9}) {
      double answered =
          perSecond(
              load.run(share * peak, share * peak, Duration.ZERO, seconds(5)).answered(),
              seconds(5));
      if (answered > best) {
        best = answered;
        // Ten times this rate is about twice the capacity.
        calm = 2 * best / TIMES;
      }
    }
    Footprint before = Footprint.of(api);
    Outcome usual = load.run(calm, calm, Duration.ZERO, seconds(10));
    Outcome rise = load.run(calm, TIMES * calm, seconds(10), seconds(10));
    Outcome spike = load.run(TIMES * calm, TIMES * calm, Duration.ZERO, seconds(50));
    load.run(calm, calm, Duration.ZERO, seconds(5));
    Outcome after = load.run(calm, calm, Duration.ZERO, seconds(5));
    Footprint left = Footprint.of(api);

    List<Row> rows = new ArrayList<>();
    rows.add(
        one("spike: answered by 200", "requests/s", perSecond(spike.answered(), seconds(50)))
            .beside("most answered", Samples.of(best))
            .to(Goal.ratioAtLeast(GOODPUT)));
    rows.add(
        one("spike: p99 of the answered", "ms", spike.millisAt(99)).to(Goal.atMost(MILLIS_P99)));
    rows.add(one("spike: answered", "% of sent", percent(spike.answered(), spike.sent())));
    rows.add(one("spike: of these stale", "% of sent", percent(spike.stale(), spike.sent())));
    rows.add(one("spike: 503", "% of sent", percent(spike.refused(), spike.sent())));
    rows.add(
        one("spike: neither", "% of sent", percent(spike.wrong(), spike.sent()))
            .to(Goal.atMost(0)));
    long due = spike.sent() + spike.notSent();
    rows.add(one("spike: no connection free", "% of due", percent(spike.notSent(), due)));
    for (Kind kind : Kind.values()) {
      String name = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      rows.add(one("spike: answered, " + name, "% of sent", spike.answeredPercent(kind)));
    }
    rows.add(one("spike, while it rises: p99", "ms", rise.millisAt(99)));
    rows.add(
        one("5 s after the spike: p99", "ms", after.millisAt(99))
            .beside("before it", Samples.of(usual.millisAt(99))));
    rows.add(
        one("5 s after the spike: answered", "% of sent", percent(after.answered(), after.sent())));
    rows.add(
        one("heap after the spike", "MB", left.heapMegabytes())
            .beside("before it", Samples.of(before.heapMegabytes()))
            .to(Goal.ratioAtMost(HEAP)));
    return rows;
  }

  private static Row one(String name, String unit, double value) {
    return Row.of(name, unit, Samples.of(value));
  }

  private static double perSecond(long count, Duration time) {
    return (double) count / time.toSeconds();
  }

  private static double percent(long part, long all) {
    return 100.0 * part / Math.max(1, all);
  }
}
