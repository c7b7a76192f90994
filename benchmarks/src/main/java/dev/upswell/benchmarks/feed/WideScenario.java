package dev.upswell.benchmarks.feed;

import dev.upswell.benchmarks.Settings;
import dev.upswell.benchmarks.report.Row;
import dev.upswell.benchmarks.report.Samples;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Pages of users with so many followees that each read computes them, one by one.
 *
 * @param followees followees per user
 */
record WideScenario(int followees) {
  private static final int ROUNDS = 5;
  private static final Duration ROUND = Duration.ofSeconds(4);
  private static final Duration QUICK_ROUND = Duration.ofSeconds(1);
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final String PIPELINE = "Lettuce, a pipeline";

  /** Measures pages and bare reads of the same outboxes by turns. */
  List<Row> run(Settings settings, Session session) throws IOException {
    settings.progress(label());
    Duration round = settings.quick() ? QUICK_ROUND : ROUND;
    WideWork work = session.wide(followees);
    try (Contender pages = session.contender(List.of(work));
        Contender bare = session.contender(List.of(session.outboxes(followees)))) {
      pages.warmUp(settings.quick() ? QUICK_ROUND : WARM_UP);
      bare.warmUp(round);
      long before = work.degraded();
      for (int i = 0; i < settings.rounds(ROUNDS); i++) {
        pages.measure(round);
        bare.measure(round);
      }
      double share = 100.0 * (work.degraded() - before) / pages.requests();
      return List.of(
          Row.of(label() + ": p50", "ms", pages.millisAt(50)).beside(PIPELINE, bare.millisAt(50)),
          Row.of(label() + ": p95", "ms", pages.millisAt(95)).beside(PIPELINE, bare.millisAt(95)),
          Row.of(label() + ": CPU of the API", "ms/request", pages.apiCpuMillis()),
          Row.of(label() + ": CPU of Redis", "ms/request", pages.redisCpuMillis())
              .beside(PIPELINE, bare.redisCpuMillis()),
          Row.of(label() + ": degraded", "% of pages", Samples.of(share)));
    }
  }

  private String label() {
    return "computed page, %,d followees".formatted(followees);
  }
}
