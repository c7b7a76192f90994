package dev.upswell.feeds;

import java.io.Serializable;
import java.time.Duration;

/**
 * Sizes and lifetimes of feeds.
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
public record FeedSettings(
    int maxEntries,
    int outboxEntries,
    Duration feedTtl,
    Duration videoTtl,
    Duration snapshotTtl,
    Duration pulledRefresh)
    implements Serializable {
  /** The defaults: 500 videos, one hour, 90 days, 30 min, 10 s. */
  public static final FeedSettings DEFAULT =
      new FeedSettings(
          500,
          500,
          Duration.ofHours(1),
          Duration.ofDays(90),
          Duration.ofMinutes(30),
          Duration.ofSeconds(10));

  /** Checks the ranges. */
  public FeedSettings {
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

  /** Settings with other sizes. */
  public FeedSettings withEntries(int feedEntries, int entriesInOutbox) {
    return new FeedSettings(
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
    return maxEntries + maxEntries / 4;
  }

  /** Returns the length above which a list without reads is deleted instead of growing. */
  public int dropAbove() {
    return 2 * maxEntries;
  }
}
