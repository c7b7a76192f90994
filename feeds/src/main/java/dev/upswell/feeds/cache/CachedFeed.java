package dev.upswell.feeds.cache;

import dev.upswell.contract.redis.FeedList;
import dev.upswell.feeds.page.FeedWindow;
import dev.upswell.feeds.store.FeedHead;
import java.util.Optional;

/**
 * Cached first page of a feed, with the head of its list for validation. Immutable apart from the
 * freshness.
 *
 * <p>A list only grows at its head, is rewritten or deleted. A list that grew by exactly the
 * entries before the cached head is therefore the same list. Another list would need the same
 * length and the same last {@value #COMPARED} pushes in the same order.
 */
final class CachedFeed {
  /** Number of head entries that identify a list. */
  private static final int COMPARED = 8;

  /** Maximum pushes since the last read that the head request covers. */
  private static final int MAX_ADDED = 4;

  /** Number of entries of a head request. */
  static final int HEAD_ENTRIES = COMPARED + MAX_ADDED;

  /** Entries of a usual page, with room for some of former followees. */
  private static final int NEWEST = 32;

  /** Includes the freshness and its entry in the store. */
  private static final int FIXED_BYTES = 448;

  private static final int BYTES_PER_ENTRY = 16;

  private final long[] first;
  private final int size;
  private final FeedList newest;
  private final long renewedAt;
  private final TrackedFeed tracked;

  private CachedFeed(FeedList list, int size, FeedWindow window, long renewedAt) {
    this.first = new long[Math.min(COMPARED, size)];
    for (int i = 0; i < first.length; i++) {
      first[i] = list.videoId(i);
    }
    this.size = size;
    this.newest = window.newest(NEWEST);
    this.renewedAt = renewedAt;
    this.tracked = TrackedFeed.NONE;
  }

  private CachedFeed(CachedFeed same, long renewedAt, TrackedFeed tracked) {
    this.first = same.first;
    this.size = same.size;
    this.newest = same.newest;
    this.renewedAt = renewedAt;
    this.tracked = tracked;
  }

  /**
   * Creates the cache entry of a complete list.
   *
   * @param now time of the renewed lifetime, clock nanoseconds
   */
  static CachedFeed of(FeedList list, int maxEntries, long now) {
    return new CachedFeed(list, list.size(), new FeedWindow(list, maxEntries), now);
  }

  /** Returns the last renewal by this process. */
  long renewedAt() {
    return renewedAt;
  }

  /** Returns the entry with a new renewal, which ends its tracking. */
  CachedFeed renewedAt(long now) {
    return new CachedFeed(this, now, TrackedFeed.NONE);
  }

  /** Returns the tracked page. */
  TrackedFeed tracked() {
    return tracked;
  }

  /** Returns the entry with a tracked page. */
  CachedFeed tracked(TrackedFeed now) {
    return new CachedFeed(this, renewedAt, now);
  }

  /** Returns the newest videos: a list that is complete down to its own floor. */
  FeedList newest() {
    return newest;
  }

  /** Returns the entry with the pushes since then; empty if the list is another one. */
  Optional<CachedFeed> at(FeedHead head, int maxEntries) {
    int added = head.size() - size;
    if (added < 0 || added > MAX_ADDED || head.head().size() < added + first.length) {
      return Optional.empty();
    }
    for (int i = 0; i < first.length; i++) {
      if (head.head().videoId(added + i) != first[i]) {
        return Optional.empty();
      }
    }
    return Optional.of(added == 0 ? this : with(head, added, maxEntries));
  }

  private CachedFeed with(FeedHead head, int added, int maxEntries) {
    FeedList longer = new FeedList(added + newest.size());
    for (int i = 0; i < added; i++) {
      longer.add(head.head().videoId(i), head.head().creatorId(i));
    }
    for (int i = 0; i < newest.size(); i++) {
      longer.add(newest.videoId(i), newest.creatorId(i));
    }
    return new CachedFeed(head.head(), head.size(), new FeedWindow(longer, maxEntries), renewedAt);
  }

  /** Returns the approximate memory. */
  int bytes() {
    return FIXED_BYTES + BYTES_PER_ENTRY * newest.size();
  }
}
