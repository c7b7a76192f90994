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
 */
public record FeedSettings(int maxEntries, int outboxEntries, Duration feedTtl, Duration videoTtl)
    implements Serializable {
  /** What a deployment gets that says nothing: 500 videos, one hour, 90 days. */
  public static final FeedSettings DEFAULT =
      new FeedSettings(500, 500, Duration.ofHours(1), Duration.ofDays(90));

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
