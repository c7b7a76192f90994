package dev.upswell.feeds;

import dev.upswell.options.Option;
import dev.upswell.options.Options;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Sizes and lifetimes of feeds. The fan-out job and the API need the same values.
 *
 * @param maxEntries maximum videos of a computed feed; 1 to 10,000
 * @param outboxEntries maximum videos of an outbox; at least {@code maxEntries}, otherwise a
 *     computed feed would differ from a pushed one
 * @param feedTtl lifetime of a feed after its last push or read; at least a second
 * @param videoTtl lifetime of {@code video:{id}} after its last change; at least a second. A video
 *     without it is hidden
 * @param snapshotTtl lifetime of the computed feed of a pulled viewer; at least a second
 * @param pulledRefresh maximum age of cached pulled creators in readers; at least a millisecond.
 *     The job continues to push for twice this time after it marked a creator
 */
public record FeedOptions(
    int maxEntries,
    int outboxEntries,
    Duration feedTtl,
    Duration videoTtl,
    Duration snapshotTtl,
    Duration pulledRefresh)
    implements Serializable {
  /** The defaults: 500 videos, one hour, 90 days, 30 min, 10 s. */
  public static final FeedOptions DEFAULT =
      new FeedOptions(
          500,
          500,
          Duration.ofHours(1),
          Duration.ofDays(90),
          Duration.ofMinutes(30),
          Duration.ofSeconds(10));

  private static final Option<Integer> FEED_ENTRIES =
      Option.integer(
          "feed.max-entries",
          FeedOptions.DEFAULT.maxEntries(),
          1,
          10_000,
          "Maximum videos of a computed feed; equal for job and API");
  private static final Option<Integer> OUTBOX_ENTRIES =
      Option.integer(
          "outbox.max-entries",
          FeedOptions.DEFAULT.outboxEntries(),
          1,
          100_000,
          "Maximum videos of an outbox, at least feed.max-entries; equal for job and API");
  private static final Option<Duration> FEED_TTL =
      Option.duration(
          "feed.ttl",
          FeedOptions.DEFAULT.feedTtl(),
          Duration.ofSeconds(1),
          Duration.ofDays(30),
          "Lifetime of a feed after its last push or read");
  private static final Option<Duration> VIDEO_TTL =
      Option.duration(
          "video.ttl",
          FeedOptions.DEFAULT.videoTtl(),
          Duration.ofMinutes(1),
          Duration.ofDays(3650),
          "Lifetime of a video's data after its last change; older videos are hidden");

  private static final Option<Duration> PULLED_FEED_TTL =
      Option.duration(
          "feed.snapshot-ttl",
          FeedOptions.DEFAULT.snapshotTtl(),
          Duration.ofSeconds(1),
          Duration.ofDays(1),
          "Lifetime of the snapshot of a pulled viewer's feed");
  private static final Option<Duration> PULLED_REFRESH =
      Option.duration(
          "pulled-creators.refresh",
          FeedOptions.DEFAULT.pulledRefresh(),
          Duration.ofMillis(100),
          Duration.ofHours(1),
          "Maximum age of the API's cached pulled creators; equal for job and API");

  /** All options of this record. */
  public static final List<Option<?>> ALL =
      List.of(FEED_ENTRIES, OUTBOX_ENTRIES, FEED_TTL, VIDEO_TTL, PULLED_FEED_TTL, PULLED_REFRESH);

  /** Checks the ranges. */
  public FeedOptions {
    if (maxEntries < 1 || maxEntries > 10_000) {
      throw new IllegalArgumentException("maxEntries: " + maxEntries + " (expected: 1..10000)");
    }
    if (outboxEntries < maxEntries) {
      throw new IllegalArgumentException(
          "outboxEntries: " + outboxEntries + " (expected: " + maxEntries + " or more)");
    }
    if (feedTtl.toSeconds() < 1) {
      throw new IllegalArgumentException("feedTtl: " + feedTtl + " (expected: 1 s or more)");
    }
    if (videoTtl.toSeconds() < 1) {
      throw new IllegalArgumentException("videoTtl: " + videoTtl + " (expected: 1 s or more)");
    }
    if (snapshotTtl.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "snapshotTtl: " + snapshotTtl + " (expected: 1 s or more)");
    }
    if (pulledRefresh.toMillis() < 1) {
      throw new IllegalArgumentException(
          "pulledRefresh: " + pulledRefresh + " (expected: 1 ms or more)");
    }
  }

  /** Reads the options. */
  public static FeedOptions from(Options options) {
    return new FeedOptions(
        options.get(FEED_ENTRIES),
        options.get(OUTBOX_ENTRIES),
        options.get(FEED_TTL),
        options.get(VIDEO_TTL),
        options.get(PULLED_FEED_TTL),
        options.get(PULLED_REFRESH));
  }

  /** Returns the options with other sizes. */
  public FeedOptions withEntries(int feedEntries, int entriesInOutbox) {
    return new FeedOptions(
        feedEntries, entriesInOutbox, feedTtl, videoTtl, snapshotTtl, pulledRefresh);
  }

  /**
   * Returns the lifetime of tombstones. It is longer than any replay after a failure. After it, the
   * following alone decides.
   */
  public Duration tombstoneTtl() {
    return Duration.ofDays(7);
  }

  /** Returns the time after which a read renews the lifetime of a feed. */
  public Duration renewFeedAfter() {
    return feedTtl.dividedBy(20);
  }

  /** Returns the length above which a reader compacts a list: sorted, without duplicates. */
  public int compactAbove() {
    return maxEntries + maxEntries / 4 + 1;
  }

  /** Returns the length above which a list without reads is deleted instead of growing. */
  public int dropAbove() {
    return 2 * maxEntries;
  }
}
