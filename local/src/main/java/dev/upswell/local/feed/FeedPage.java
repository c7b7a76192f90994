package dev.upswell.local.feed;

import java.util.List;
import java.util.Optional;

/**
 * Page of a feed.
 *
 * @param entries newest first
 * @param cursor cursor of the next page; empty at the end
 * @param warm whether the feed was warm
 * @param degraded parts that the API omitted
 */
public record FeedPage(
    List<Entry> entries, Optional<String> cursor, boolean warm, List<String> degraded) {
  /** Keeps its own copies. */
  public FeedPage {
    entries = List.copyOf(entries);
    degraded = List.copyOf(degraded);
  }

  /**
   * Entry of a feed.
   *
   * @param publishedAt Unix milliseconds
   */
  public record Entry(long videoId, long creatorId, long publishedAt) {}

  boolean shows(long videoId) {
    return entries.stream().anyMatch(entry -> entry.videoId() == videoId);
  }
}
