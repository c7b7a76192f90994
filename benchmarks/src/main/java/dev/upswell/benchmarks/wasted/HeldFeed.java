package dev.upswell.benchmarks.wasted;

import dev.upswell.feeds.FeedSettings;

/**
 * A viewer's feed, of which nothing is kept but how long it is, when it expires, and how many of
 * the pushes that count nobody has read yet.
 */
final class HeldFeed {
  private final FeedSettings settings;
  private final Fates fates;
  private long expiresAt;
  private int length;
  private int unread;

  HeldFeed(FeedSettings settings, Fates fates) {
    this.settings = settings;
    this.fates = fates;
  }

  /** Whether it is there; one that has expired by now goes, and with it what nobody read. */
  boolean isThere(long now) {
    if (length > 0 && expiresAt <= now) {
      drop();
    }
    return length > 0;
  }

  void push(long now, boolean renewed, boolean counts) {
    if (!isThere(now)) {
      fates.cold += counts ? 1 : 0;
      return;
    }
    length++;
    if (counts) {
      fates.pushed++;
      unread++;
    }
    if (renewed) {
      expiresAt = now + settings.feedTtl().toMillis();
    }
    if (length > settings.dropAbove()) {
      drop();
    }
  }

  /**
   * Reads a page; builds the feed if it is not there.
   *
   * @param videos that a build would find; at least 1, for the entry that ends a feed
   */
  void read(long now, int videos) {
    if (!isThere(now)) {
      length = Math.min(videos, settings.maxEntries());
      fates.built++;
    } else if (length > settings.compactAbove()) {
      length = settings.maxEntries();
    }
    fates.read += unread;
    unread = 0;
    expiresAt = now + settings.feedTtl().toMillis();
  }

  void drop() {
    fates.wasted += unread;
    unread = 0;
    length = 0;
  }

  /** What became of the pushes that count. */
  static final class Fates {
    long pushed;
    long cold;
    long read;
    long wasted;
    long built;
  }
}
