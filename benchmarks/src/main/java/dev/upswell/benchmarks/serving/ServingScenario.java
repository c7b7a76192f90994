package dev.upswell.benchmarks.serving;

import dev.upswell.benchmarks.Settings;
import dev.upswell.benchmarks.report.Row;
import dev.upswell.benchmarks.report.Samples;
import dev.upswell.processes.ApiProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One kind of request at its maximum rate, in turns with an empty response. */
final class ServingScenario {
  private static final int ROUNDS = 3;
  private static final Duration ROUND = Duration.ofSeconds(6);
  private static final Duration QUICK_ROUND = Duration.ofSeconds(1);
  private static final Duration TURN = Duration.ofSeconds(2);
  private static final int MOST_TURNS = 20;
  private static final int TURNS_NO_FASTER = 4;
  private static final double FASTER = 1.02;
  private static final String EMPTY = "GET /health/live";
  private static final double KILOBYTE = 1e3;

  private final String name;
  private final ApiProcess api;
  private final Wrk load;
  private final Wrk empty;
  private final List<Round> rounds = new ArrayList<>();
  private final List<Wrk.Result> rival = new ArrayList<>();

  private record Round(Wrk.Result result, ApiCost cost) {}

  ServingScenario(String name, ApiProcess api, Wrk load, Wrk empty) {
    this.name = name;
    this.api = api;
    this.load = load;
    this.empty = empty;
  }

  /** Measures both by turns. */
  ServingScenario run(Settings settings) throws IOException {
    settings.progress(name);
    Duration time = settings.quick() ? QUICK_ROUND : ROUND;
    if (settings.quick()) {
      load.run(time);
    } else {
      warmUp();
    }
    for (int i = 0; i < settings.rounds(ROUNDS); i++) {
      ApiCost before = ApiCost.of(api);
      Wrk.Result result = load.run(time);
      rounds.add(new Round(result, ApiCost.of(api).minus(before)));
      rival.add(empty.run(time));
    }
    return this;
  }

  /**
   * Warm-up until the rate no longer rises. Until then the compiler takes one of the processors,
   * and interpreted code is slow and leaves garbage.
   */
  private void warmUp() throws IOException {
    double best = 0;
    int noFaster = 0;
    for (int i = 0; i < MOST_TURNS && noFaster < TURNS_NO_FASTER; i++) {
      double rate = load.run(TURN).perSecond();
      empty.run(TURN);
      noFaster = rate > FASTER * best ? 0 : noFaster + 1;
      best = Math.max(best, rate);
    }
  }

  /** The middle of the rates, in requests a second. */
  double perSecond() {
    return samples(round -> round.result.perSecond()).median();
  }

  Row rate() {
    return Row.of(name + ": rate", "requests/s", samples(round -> round.result.perSecond()))
        .beside(EMPTY, new Samples(rival.stream().map(Wrk.Result::perSecond).toList()));
  }

  Row p50() {
    return Row.of(name + ": p50", "ms", samples(round -> round.result.p50()));
  }

  Row p99() {
    return Row.of(name + ": p99", "ms", samples(round -> round.result.p99()));
  }

  Row p999() {
    return Row.of(name + ": p99.9", "ms", samples(round -> round.result.p999()));
  }

  Row cpu() {
    return Row.of(
        name + ": CPU of the API",
        "ms/request",
        samples(round -> round.cost.cpu().toNanos() / 1e6 / round.result.requests()));
  }

  Row allocated() {
    return Row.of(
        name + ": allocated",
        "KB/request",
        samples(round -> round.cost.allocated() / KILOBYTE / round.result.requests()));
  }

  Row errors() {
    return Row.of(
        name + ": not answered by 200",
        "% of requests",
        samples(round -> round.result.errorPercent()));
  }

  private Samples samples(ToDoubleFunction<Round> figure) {
    return new Samples(rounds.stream().mapToDouble(figure).boxed().toList());
  }
}
