package dev.upswell.local.feed;

import java.util.List;
import java.util.Optional;

/**
 * A page of a feed, as the API gave it.
 *
 * @param entries newest first
 * @param cursor asks for the next page; empty at the end
 * @param warm whether the API had the feed ready, instead of computing it
 * @param degraded what the API had to leave out
 */
public record FeedPage(
    List<Entry> entries, Optional<String> cursor, boolean warm, List<String> degraded) {
  /** Keeps its own copies. */
  public FeedPage {
    entries = List.copyOf(entries);
    degraded = List.copyOf(degraded);
  }

  /**
   * One entry of a feed.
   *
   * @param publishedAt Unix milliseconds
   */
  public record Entry(long videoId, long creatorId, long publishedAt) {}

  boolean shows(long videoId) {
    return entries.stream().anyMatch(entry -> entry.videoId() == videoId);
  }
}
