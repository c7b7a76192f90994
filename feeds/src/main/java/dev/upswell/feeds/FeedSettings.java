package dev.upswell.feeds;

import java.io.Serializable;
import java.time.Duration;

/**
 * How much is kept, and for how long.
 *
 * @param maxEntries videos a feed is built with; 1 to 10,000
 * @param outboxEntries videos an outbox keeps; at least {@code maxEntries}, or a feed built anew
 *     would differ from one that was pushed to
 * @param feedTtl life of a feed after its last push or read; at least a second
 * @param videoTtl life of {@code video:{id}} after its last change; at least a second. A video
 *     without it is not shown
 * @param snapshotTtl how long a feed is kept that was computed for a viewer who is not pushed to;
 *     at least a second
 * @param pulledRefresh how old a reader's knowledge of which creators are pulled may be; at least a
 *     millisecond. The job goes on pushing for twice as long after it has said so
 */
public record FeedSettings(
    int maxEntries,
    int outboxEntries,
    Duration feedTtl,
    Duration videoTtl,
    Duration snapshotTtl,
    Duration pulledRefresh)
    implements Serializable {
  /** What a deployment gets that says nothing: 500 videos, one hour, 90 days, 30 min, 10 s. */
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
   * How long it is remembered that two parted: longer than any failure reaches back, after which
   * the following alone tells.
   */
  public Duration tombstoneTtl() {
    return Duration.ofDays(7);
  }

  /** How long a feed that is read again and again is left without its life being renewed. */
  public Duration renewFeedAfter() {
    return feedTtl.dividedBy(20);
  }

  /** Entries from which on a reader writes a feed anew, sorted and without repeats. */
  public int compactAbove() {
    return maxEntries + maxEntries / 4;
  }

  /** Entries from which on a feed that nobody reads is dropped instead of growing further. */
  public int dropAbove() {
    return 2 * maxEntries;
  }
}
