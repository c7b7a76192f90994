package dev.upswell.local.trending;

import java.util.List;

/**
 * Trending list of the API.
 *
 * @param at Unix milliseconds of the end of its last slot; 0 without a list
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
