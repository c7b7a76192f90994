package dev.upswell.benchmarks.wasted;

import dev.upswell.feeds.FeedOptions;

/**
 * A viewer's feed, reduced to its length, expiry and number of counted pushes that were not read
 * yet.
 */
final class HeldFeed {
  private final FeedOptions settings;
  private final Fates fates;
  private long expiresAt;
  private int length;
  private int unread;

  HeldFeed(FeedOptions settings, Fates fates) {
    this.settings = settings;
    this.fates = fates;
  }

  /** Returns whether the list exists. An expired one is deleted with its unread pushes. */
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
   * Reads a page, and builds the feed if it is absent.
   *
   * @param videos number of videos of a built feed; at least 1, for the entry that ends a feed
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

  /** Results of the counted pushes. */
  static final class Fates {
    long pushed;
    long cold;
    long read;
    long wasted;
    long built;
  }
}
