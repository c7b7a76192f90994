package dev.upswell.feeds;

import dev.upswell.options.Option;
import dev.upswell.options.Options;
import java.time.Duration;
import java.util.List;

/** Options for sizes and lifetimes of feeds. The fan-out job and the API need the same values. */
public final class FeedOptions {
  private static final Option<Integer> FEED_ENTRIES =
      Option.integer(
          "feed.max-entries",
          FeedSettings.DEFAULT.maxEntries(),
          1,
          10_000,
          "Maximum videos of a computed feed; equal for job and API");
  private static final Option<Integer> OUTBOX_ENTRIES =
      Option.integer(
          "outbox.max-entries",
          FeedSettings.DEFAULT.outboxEntries(),
          1,
          100_000,
          "Maximum videos of an outbox, at least feed.max-entries; equal for job and API");
  private static final Option<Duration> FEED_TTL =
      Option.duration(
          "feed.ttl",
          FeedSettings.DEFAULT.feedTtl(),
          Duration.ofSeconds(1),
          Duration.ofDays(30),
          "Lifetime of a feed after its last push or read");
  private static final Option<Duration> VIDEO_TTL =
      Option.duration(
          "video.ttl",
          FeedSettings.DEFAULT.videoTtl(),
          Duration.ofMinutes(1),
          Duration.ofDays(3650),
          "Lifetime of a video's data after its last change; older videos are hidden");

  private static final Option<Duration> PULLED_FEED_TTL =
      Option.duration(
          "feed.snapshot-ttl",
          FeedSettings.DEFAULT.snapshotTtl(),
          Duration.ofSeconds(1),
          Duration.ofDays(1),
          "Lifetime of the snapshot of a pulled viewer's feed");
  private static final Option<Duration> PULLED_REFRESH =
      Option.duration(
          "pulled-creators.refresh",
          FeedSettings.DEFAULT.pulledRefresh(),
          Duration.ofMillis(100),
          Duration.ofHours(1),
          "Maximum age of the API's cached pulled creators; equal for job and API");

  /** All of them. */
  public static final List<Option<?>> ALL =
      List.of(FEED_ENTRIES, OUTBOX_ENTRIES, FEED_TTL, VIDEO_TTL, PULLED_FEED_TTL, PULLED_REFRESH);

  private FeedOptions() {}

  /** Reads the options. */
  public static FeedSettings from(Options options) {
    return new FeedSettings(
        options.get(FEED_ENTRIES),
        options.get(OUTBOX_ENTRIES),
        options.get(FEED_TTL),
        options.get(VIDEO_TTL),
        options.get(PULLED_FEED_TTL),
        options.get(PULLED_REFRESH));
  }
}
