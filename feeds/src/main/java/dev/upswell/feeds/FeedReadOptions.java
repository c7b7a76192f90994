package dev.upswell.feeds;

import dev.upswell.options.Option;
import dev.upswell.options.Options;
import java.time.Duration;
import java.util.List;

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
public record FeedReadOptions(
    Duration readTimeout, Duration visibilityTtl, long cacheBytes, Duration invalidationMaxLag) {
  private static final long MEBIBYTE = 1L << 20;

  private static final Option<Duration> READ_TIMEOUT =
      Option.duration(
          "feed.read-timeout",
          Duration.ofSeconds(1),
          Duration.ofMillis(1),
          Duration.ofMinutes(1),
          "Timeout after which a feed is returned as degraded with the outboxes read so far");
  private static final Option<Duration> VISIBILITY_TTL =
      Option.duration(
          "feed.visibility-ttl",
          Duration.ofSeconds(2),
          Duration.ZERO,
          Duration.ofMinutes(1),
          "Maximum time for which a removed or private video is shown without invalidations;"
              + " 0 s queries each time");
  private static final Option<Integer> CACHE_MEBIBYTES =
      Option.integer(
          "feed.cache-max-mib", 128, 0, 65_536, "Memory of the feed cache in MiB; 0 for no cache");

  private static final Option<Duration> INVALIDATION_MAX_LAG =
      Option.duration(
          "feed.invalidation-max-lag",
          Duration.ofSeconds(1),
          Duration.ZERO,
          Duration.ofMinutes(1),
          "Maximum lag of invalidations before a cached feed is not served; 0 s queries for each page");

  /** All options of this record. */
  public static final List<Option<?>> ALL =
      List.of(READ_TIMEOUT, VISIBILITY_TTL, CACHE_MEBIBYTES, INVALIDATION_MAX_LAG);

  /** Checks the ranges. */
  public FeedReadOptions {
    if (visibilityTtl.isNegative()) {
      throw new IllegalArgumentException(
          "visibilityTtl: " + visibilityTtl + " (expected: 0 s or more)");
    }
    if (invalidationMaxLag.isNegative()) {
      throw new IllegalArgumentException(
          "invalidationMaxLag: " + invalidationMaxLag + " (expected: 0 s or more)");
    }
    if (cacheBytes < 0) {
      throw new IllegalArgumentException("cacheBytes: " + cacheBytes + " (expected: 0 or more)");
    }
  }

  /** Reads the options. */
  public static FeedReadOptions from(Options options) {
    return new FeedReadOptions(
        options.get(READ_TIMEOUT),
        options.get(VISIBILITY_TTL),
        options.get(CACHE_MEBIBYTES) * MEBIBYTE,
        options.get(INVALIDATION_MAX_LAG));
  }
}
