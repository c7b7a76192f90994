package dev.upswell.feeds;

import java.time.Duration;

/**
 * Timeout and caches of feed reads.
 *
 * @param readTimeout timeout after which a page is returned with the outboxes read so far
 * @param visibilityTtl lifetime of a cached visibility without tracking, and so the maximum time
 *     for which a removed video is shown; zero to query each time
 * @param cacheBytes approximate memory of the feed cache; 0 for no cache
 * @param invalidationMaxLag maximum lag of invalidations before a cached page is not served; zero
 *     to query for each page
 */
public record FeedReadSettings(
    Duration readTimeout, Duration visibilityTtl, long cacheBytes, Duration invalidationMaxLag) {
  /** Checks the ranges. */
  public FeedReadSettings {
    if (visibilityTtl.isNegative()) {
      throw new IllegalArgumentException(
          "visibleFor: " + visibilityTtl + " (expected: 0 s or more)");
    }
    if (invalidationMaxLag.isNegative()) {
      throw new IllegalArgumentException(
          "trustFor: " + invalidationMaxLag + " (expected: 0 s or more)");
    }
    if (cacheBytes < 0) {
      throw new IllegalArgumentException("knownBytes: " + cacheBytes + " (expected: 0 or more)");
    }
  }
}
