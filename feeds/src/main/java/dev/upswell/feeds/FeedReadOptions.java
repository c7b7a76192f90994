package dev.upswell.feeds;

import dev.upswell.options.Option;
import dev.upswell.options.Options;
import java.time.Duration;
import java.util.List;

/** The options of {@link FeedReadSettings}. */
public final class FeedReadOptions {
  private static final long MEBIBYTE = 1L << 20;

  private static final Option<Duration> BUDGET =
      Option.duration(
          "feed.read-timeout",
          Duration.ofSeconds(1),
          Duration.ofMillis(1),
          Duration.ofMinutes(1),
          "Timeout after which a feed is returned as degraded with the outboxes read so far");
  private static final Option<Duration> VISIBLE_FOR =
      Option.duration(
          "feed.visibility-ttl",
          Duration.ofSeconds(2),
          Duration.ZERO,
          Duration.ofMinutes(1),
          "Maximum time for which a removed or private video is shown without invalidations;"
              + " 0 s queries each time");
  private static final Option<Integer> KNOWN_MEGABYTES =
      Option.integer(
          "feed.cache-max-mib", 128, 0, 65_536, "Memory of the feed cache in MiB; 0 for no cache");

  private static final Option<Duration> TRUST_FOR =
      Option.duration(
          "feed.invalidation-max-lag",
          Duration.ofSeconds(1),
          Duration.ZERO,
          Duration.ofMinutes(1),
          "Maximum lag of invalidations before a cached feed is not served; 0 s queries for each page");

  /** All of them. */
  public static final List<Option<?>> ALL =
      List.of(BUDGET, VISIBLE_FOR, KNOWN_MEGABYTES, TRUST_FOR);

  private FeedReadOptions() {}

  /** Reads the options. */
  public static FeedReadSettings from(Options options) {
    return new FeedReadSettings(
        options.get(BUDGET),
        options.get(VISIBLE_FOR),
        options.get(KNOWN_MEGABYTES) * MEBIBYTE,
        options.get(TRUST_FOR));
  }
}
