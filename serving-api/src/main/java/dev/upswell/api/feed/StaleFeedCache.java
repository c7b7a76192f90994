package dev.upswell.api.feed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.upswell.contract.Hash64;
import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.FeedList;
import dev.upswell.feeds.FeedPage;
import dev.upswell.feeds.FeedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Predicate;

/**
 * Cache of the last good first page of recent users, for outages of the store. Bounded in bytes;
 * the least recent pages are evicted. Thread-safe.
 *
 * <p>A page is dropped when the store reports that the user's following has changed, because the
 * new one may exclude its creators and cannot be read in an outage. A read that began before such a
 * change is not cached.
 */
public final class StaleFeedCache {
  /** Size of a page without entries, and of an entry, in bytes on a usual JVM; rounded up. */
  private static final int PAGE_BYTES = 320;

  private static final int ENTRY_BYTES = 16;

  /** A power of two. A collision only prevents that a page is cached. */
  private static final int COUNTERS = 1 << 12;

  private final Cache<Long, CachedPage> pages;

  /** Number of changed followings, by hash of the user. */
  private final AtomicIntegerArray changes = new AtomicIntegerArray(COUNTERS);

  private final Ticker clock;
  private final Duration maxAge;

  /**
   * A page in arrays, with the time of its last validation. Most pages are unchanged when their
   * users return.
   */
  private static final class CachedPage {
    private final FeedList entries;
    private final OptionalLong next;
    private final FeedPage.Source source;
    private final OptionalLong asOf;
    private volatile long at;

    CachedPage(FeedPage page, long at) {
      this.entries = FeedList.of(page.entries());
      this.next = page.next();
      this.source = page.source();
      this.asOf = page.asOf();
      this.at = at;
    }

    boolean isOf(FeedPage page) {
      List<FeedEntry> others = page.entries();
      boolean same =
          entries.size() == others.size()
              && next.equals(page.next())
              && source == page.source()
              && asOf.equals(page.asOf());
      for (int i = 0; same && i < entries.size(); i++) {
        same =
            entries.videoId(i) == others.get(i).videoId()
                && entries.creatorId(i) == others.get(i).creatorId();
      }
      return same;
    }

    /** Cuts another page from the cached one, if it is within it, without hidden videos. */
    Optional<FeedPage> cut(FeedRequest request, Predicate<FeedEntry> isHidden) {
      List<FeedEntry> below = new ArrayList<>(entries.size());
      for (int i = 0; i < entries.size(); i++) {
        if (entries.videoId(i) < request.below() && !isHidden.test(entries.entry(i))) {
          below.add(entries.entry(i));
        }
      }
      if (below.isEmpty() && !(request.isFirst() && entries.size() == 0)) {
        return Optional.empty();
      }
      boolean whole = below.size() <= request.limit();
      List<FeedEntry> shown = whole ? below : below.subList(0, request.limit());
      OptionalLong on = whole ? next : OptionalLong.of(shown.get(shown.size() - 1).videoId());
      return Optional.of(new FeedPage(shown, on, source, asOf, false));
    }
  }

  /**
   * Creates an empty cache.
   *
   * @param maxBytes approximate memory
   * @param maxAge maximum age of served pages
   */
  public StaleFeedCache(long maxBytes, Duration maxAge, Ticker clock) {
    this.clock = clock;
    this.maxAge = maxAge;
    this.pages =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((Long user, CachedPage kept) -> PAGE_BYTES + ENTRY_BYTES * kept.entries.size())
            .expireAfterAccess(maxAge)
            .ticker(clock)
            // Maintenance runs in the calling thread, because it is short.
            .executor(Runnable::run)
            .build();
  }

  /** Returns the number of changes of a user's following so far, for {@link #keep}. */
  int changes(long userId) {
    return changes.get(slot(userId));
  }

  /** Handles that the following of a user has changed: its page may be wrong from now on. */
  public void followingChanged(long userId) {
    changes.incrementAndGet(slot(userId));
    pages.invalidate(userId);
  }

  private static int slot(long userId) {
    return (int) Hash64.spread(userId) & (COUNTERS - 1);
  }

  /**
   * Stores a page if it is a first page and complete.
   *
   * @param changesBefore the {@link #changes} before the read
   */
  void keep(FeedRequest request, FeedPage page, int changesBefore) {
    if (!request.isFirst() || page.degraded()) {
      return;
    }
    CachedPage kept = pages.getIfPresent(request.userId());
    if (kept != null && kept.isOf(page)) {
      kept.at = clock.read();
    } else {
      pages.put(request.userId(), new CachedPage(page, clock.read()));
    }
    // After the write, so that a change in between is not missed.
    if (changes(request.userId()) != changesBefore) {
      pages.invalidate(request.userId());
    }
  }

  /**
   * Returns the cached page; empty if there is none, or if all its videos are hidden.
   *
   * @param isHidden whether a video must not be shown
   * @param withoutQuery whether the store was not queried
   */
  Optional<FeedReadResult> find(
      FeedRequest request, Predicate<FeedEntry> isHidden, boolean withoutQuery) {
    CachedPage kept = pages.getIfPresent(request.userId());
    if (kept == null) {
      return Optional.empty();
    }
    Duration age = Duration.ofNanos(Math.max(0, clock.read() - kept.at));
    if (age.compareTo(maxAge) >= 0) {
      return Optional.empty();
    }
    return kept.cut(request, isHidden)
        .map(page -> new FeedReadResult.Stale(page, age, withoutQuery));
  }

  /** Returns the number of pages. */
  public long size() {
    return pages.estimatedSize();
  }

  /** Returns the approximate memory in bytes. */
  public long bytes() {
    return pages.policy().eviction().map(eviction -> eviction.weightedSize().orElse(0)).orElse(0L);
  }
}
