package dev.upswell.simulation;

import dev.upswell.feeds.FeedPage;
import java.util.EnumMap;
import java.util.Map;

/**
 * Statistics of a history in which every feed was right.
 *
 * @param pages pages by feed state
 * @param crashes crashes of the job
 * @param releases ends of pulled states
 */
public record Outcome(Map<FeedPage.Source, Integer> pages, int crashes, int releases) {
  /** Nothing. */
  public static final Outcome NONE = new Outcome(Map.of(), 0, 0);

  /** Keeps its own copy. */
  public Outcome {
    pages = Map.copyOf(pages);
  }

  /** Both together. */
  public Outcome and(Outcome other) {
    Map<FeedPage.Source, Integer> all = new EnumMap<>(FeedPage.Source.class);
    all.putAll(pages);
    other.pages.forEach((source, count) -> all.merge(source, count, Integer::sum));
    return new Outcome(all, crashes + other.crashes, releases + other.releases);
  }

  /** Counted while it happens. */
  static final class Counts {
    final Map<FeedPage.Source, Integer> pages = new EnumMap<>(FeedPage.Source.class);
    int crashes;
    int releases;

    Outcome outcome() {
      return new Outcome(pages, crashes, releases);
    }
  }
}
