package dev.upswell.feeds.cache;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.FeedList;
import dev.upswell.feeds.page.FeedWindow;
import dev.upswell.feeds.store.FeedHead;
import java.util.Optional;

/**
 * Cached first page of a feed, with tail and length of its list. Immutable apart from the
 * freshness.
 *
 * <p>A list only grows at its head, is rewritten or deleted, and every write of a whole list gives
 * it another build number, in its tail. A list with the cached tail is therefore the same list, and
 * its entries above the cached length are the pushes since then.
 */
final class CachedFeed {
  /** Maximum pushes since the last read that a validation adds. */
  private static final int MAX_ADDED = 16;

  /**
   * Number of entries that a validation requests. One more than it uses shows that there are more.
   */
  static final int MOST = MAX_ADDED + 1;

  /** Entries of a usual page, with room for some of former followees. */
  private static final int NEWEST = 32;

  /** Includes the freshness and its entry in the store. */
  private static final int FIXED_BYTES = 416;

  private static final int BYTES_PER_ENTRY = 16;

  private final long floor;
  private final long build;
  private final int size;
  private final FeedList newest;
  private final long renewedAt;
  private final TrackedFeed tracked;

  private CachedFeed(
      FeedEntry tail, int size, FeedList newest, long renewedAt, TrackedFeed tracked) {
    this.floor = tail.videoId();
    this.build = tail.creatorId();
    this.size = size;
    this.newest = newest;
    this.renewedAt = renewedAt;
    this.tracked = tracked;
  }

  /**
   * Creates the cache entry of a complete list.
   *
   * @param now time of the renewed lifetime, clock nanoseconds
   */
  static CachedFeed of(FeedList list, int maxEntries, long now) {
    return new CachedFeed(
        list.entry(list.size() - 1),
        list.size(),
        new FeedWindow(list, maxEntries).newest(NEWEST),
        now,
        TrackedFeed.NONE);
  }

  /** Returns the last renewal by this process. */
  long renewedAt() {
    return renewedAt;
  }

  /** Returns the entry with a new renewal, which ends its tracking. */
  CachedFeed renewedAt(long now) {
    return new CachedFeed(tail(), size, newest, now, TrackedFeed.NONE);
  }

  /** Returns the tracked page. */
  TrackedFeed tracked() {
    return tracked;
  }

  /** Returns the entry with a tracked page. */
  CachedFeed tracked(TrackedFeed now) {
    return new CachedFeed(tail(), size, newest, renewedAt, now);
  }

  /** Returns the newest videos: a list that is complete down to its own floor. */
  FeedList newest() {
    return newest;
  }

  /** Returns the length of the list. */
  int size() {
    return size;
  }

  private FeedEntry tail() {
    return FeedEntry.tail(floor, build);
  }

  /** Returns the entry with the pushes since then; empty if the list is another one. */
  Optional<CachedFeed> at(FeedHead head, int maxEntries) {
    FeedEntry tail = head.tail();
    int added = head.added().size();
    if (tail.videoId() != floor || tail.creatorId() != build || added > MAX_ADDED) {
      return Optional.empty();
    }
    return Optional.of(added == 0 ? this : with(head.added(), maxEntries));
  }

  private CachedFeed with(FeedList added, int maxEntries) {
    FeedList longer = new FeedList(added.size() + newest.size());
    for (int i = 0; i < added.size(); i++) {
      longer.add(added.videoId(i), added.creatorId(i));
    }
    for (int i = 0; i < newest.size(); i++) {
      longer.add(newest.videoId(i), newest.creatorId(i));
    }
    return new CachedFeed(
        tail(),
        size + added.size(),
        new FeedWindow(longer, maxEntries).newest(NEWEST),
        renewedAt,
        TrackedFeed.NONE);
  }

  /** Returns the approximate memory. */
  int bytes() {
    return FIXED_BYTES + BYTES_PER_ENTRY * newest.size();
  }
}
