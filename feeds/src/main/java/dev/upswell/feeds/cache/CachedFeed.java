package dev.upswell.feeds.cache;

import dev.upswell.contract.redis.FeedList;
import dev.upswell.feeds.page.FeedWindow;
import dev.upswell.feeds.store.FeedHead;
import java.util.Optional;

/**
 * What one process remembers of a feed: its newest videos, and by what it would know the list
 * again. Immutable but for the watch.
 *
 * <p>A list only ever gets entries at its head, is written anew or is dropped. So one that is
 * longer by the entries that now stand before those that were first, and otherwise as long, is the
 * same list: another one would have to have got as long, with the same {@value #RECOGNISED} pushes
 * last in the same order.
 */
final class CachedFeed {
  /** First entries by which a list is known again. */
  private static final int RECOGNISED = 8;

  /** Pushes since a reader last came that are not too many to be read with the glance. */
  private static final int ADDED = 4;

  /** Entries to ask a store for. */
  static final int GLANCE = RECOGNISED + ADDED;

  /** A page of the usual size, with room for some whose creators are no longer followed. */
  private static final int NEWEST = 32;

  /** With the watch, and what a store keeps for it. */
  private static final int BYTES_AROUND = 448;

  private static final int BYTES_AN_ENTRY = 16;

  private final long[] first;
  private final int size;
  private final FeedList newest;
  private final long renewedAt;
  private final TrackedFeed watched;

  private CachedFeed(FeedList list, int size, FeedWindow window, long renewedAt) {
    this.first = new long[Math.min(RECOGNISED, size)];
    for (int i = 0; i < first.length; i++) {
      first[i] = list.videoId(i);
    }
    this.size = size;
    this.newest = window.newest(NEWEST);
    this.renewedAt = renewedAt;
    this.watched = TrackedFeed.NONE;
  }

  private CachedFeed(CachedFeed same, long renewedAt, TrackedFeed watched) {
    this.first = same.first;
    this.size = same.size;
    this.newest = same.newest;
    this.renewedAt = renewedAt;
    this.watched = watched;
  }

  /**
   * What is worth remembering of a list that is complete.
   *
   * @param now nanoseconds of a clock, when its life was renewed
   */
  static CachedFeed of(FeedList list, int maxEntries, long now) {
    return new CachedFeed(list, list.size(), new FeedWindow(list, maxEntries), now);
  }

  /** When its life was last renewed by this process. */
  long renewedAt() {
    return renewedAt;
  }

  /** The same, renewed again, which is a change that ends a watch. */
  CachedFeed renewedAt(long now) {
    return new CachedFeed(this, now, TrackedFeed.NONE);
  }

  /** As it is as long as nothing changes. */
  TrackedFeed watched() {
    return watched;
  }

  /** The same, watched. */
  CachedFeed watched(TrackedFeed now) {
    return new CachedFeed(this, renewedAt, now);
  }

  /** The newest videos: a list that is complete down to a floor of its own. */
  FeedList newest() {
    return newest;
  }

  /** The same with what was pushed since; empty if it is not the same list. */
  Optional<CachedFeed> at(FeedHead glance, int maxEntries) {
    int added = glance.size() - size;
    if (added < 0 || added > ADDED || glance.head().size() < added + first.length) {
      return Optional.empty();
    }
    for (int i = 0; i < first.length; i++) {
      if (glance.head().videoId(added + i) != first[i]) {
        return Optional.empty();
      }
    }
    return Optional.of(added == 0 ? this : with(glance, added, maxEntries));
  }

  private CachedFeed with(FeedHead glance, int added, int maxEntries) {
    FeedList longer = new FeedList(added + newest.size());
    for (int i = 0; i < added; i++) {
      longer.add(glance.head().videoId(i), glance.head().creatorId(i));
    }
    for (int i = 0; i < newest.size(); i++) {
      longer.add(newest.videoId(i), newest.creatorId(i));
    }
    return new CachedFeed(
        glance.head(), glance.size(), new FeedWindow(longer, maxEntries), renewedAt);
  }

  /** Memory that it takes, about. */
  int bytes() {
    return BYTES_AROUND + BYTES_AN_ENTRY * newest.size();
  }
}
