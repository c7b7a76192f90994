package dev.upswell.feeds;

import java.time.Duration;

/**
 * Timeout and caches of feed reads.
 *
 * @param budget timeout after which a page is returned with the outboxes read so far
 * @param visibleFor lifetime of a cached visibility without tracking, and so the maximum time for
 *     which a removed video is shown; zero to query each time
 * @param knownBytes approximate memory of the feed cache; 0 for no cache
 * @param trustFor maximum lag of invalidations before a cached page is not served; zero to query
 *     for each page
 */
public record FeedReadSettings(
    Duration budget, Duration visibleFor, long knownBytes, Duration trustFor) {
  /** Checks the ranges. */
  public FeedReadSettings {
    if (visibleFor.isNegative()) {
      throw new IllegalArgumentException("visibleFor: " + visibleFor + " (expected: 0 s or more)");
    }
    if (trustFor.isNegative()) {
      throw new IllegalArgumentException("trustFor: " + trustFor + " (expected: 0 s or more)");
    }
    if (knownBytes < 0) {
      throw new IllegalArgumentException("knownBytes: " + knownBytes + " (expected: 0 or more)");
    }
  }
}
