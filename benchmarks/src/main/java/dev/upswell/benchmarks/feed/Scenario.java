package dev.upswell.benchmarks.feed;

import dev.upswell.benchmarks.Settings;
import dev.upswell.benchmarks.report.Row;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * One kind of feed, read by concurrent clients.
 *
 * @param clients number of clients
 */
record Scenario(FeedWork.Feed feed, int clients) {
  private static final int ROUNDS = 5;
  private static final Duration ROUND = Duration.ofSeconds(2);
  private static final Duration QUICK_ROUND = Duration.ofMillis(500);
  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final String LIST = "Lettuce LRANGE";
  private static final String HEALTH = "GET /health/live";

  /** Measures feeds, lists and bare HTTP by turns. */
  List<Row> run(Settings settings, Session session) throws IOException {
    settings.progress(label());
    Duration round = settings.quick() ? QUICK_ROUND : ROUND;
    try (Contender feeds = session.feeds(feed, clients);
        Contender lists = session.lists(clients);
        Contender health = session.health(clients)) {
      List<Contender> all = List.of(feeds, lists, health);
      all.forEach(each -> each.warmUp(settings.quick() ? QUICK_ROUND : WARM_UP));
      for (int i = 0; i < settings.rounds(ROUNDS); i++) {
        all.forEach(each -> each.measure(round));
      }
      return rows(feeds, lists, health);
    }
  }

  private List<Row> rows(Contender feeds, Contender lists, Contender health) {
    return List.of(
        Row.of(label() + ": p50", "ms", feeds.millisAt(50)).beside(LIST, lists.millisAt(50)),
        Row.of(label() + ": p99", "ms", feeds.millisAt(99)).beside(LIST, lists.millisAt(99)),
        Row.of(label() + ": p50", "ms", feeds.millisAt(50)).beside(HEALTH, health.millisAt(50)),
        Row.of(label() + ": rate", "requests/s", feeds.perSecond()).beside(LIST, lists.perSecond()),
        Row.of(label() + ": CPU of the API", "ms/request", feeds.apiCpuMillis())
            .beside(HEALTH, health.apiCpuMillis()),
        Row.of(label() + ": CPU of Redis", "ms/request", feeds.redisCpuMillis())
            .beside(LIST, lists.redisCpuMillis()));
  }

  private String label() {
    return "%s feed, %d client%s"
        .formatted(feed.name().toLowerCase(Locale.ROOT), clients, clients == 1 ? "" : "s");
  }
}
