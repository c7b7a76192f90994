package dev.upswell.local.trending;

import java.util.List;

/**
 * A list as the API gives it.
 *
 * @param at Unix milliseconds until when things are in it; 0 if there is no list
 */
public record TrendingPage(long at, List<Entry> entries) {
  /** Keeps its own copy. */
  public TrendingPage {
    entries = List.copyOf(entries);
  }

  /** A place, with the numbers behind it. */
  public record Entry(
      long videoId,
      double score,
      double engagement,
      double baseline,
      double deviation,
      double views,
      double viewers) {}
}
