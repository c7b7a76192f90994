package dev.upswell.api.feed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.FeedList;
import dev.upswell.feeds.FeedPage;
import dev.upswell.feeds.FeedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Cache of the last good first page of recent users, for outages of the store. Bounded in bytes;
 * the least recent pages are evicted. Thread-safe.
 */
public final class StaleFeedCache {
  /** Size of a page without entries, and of an entry, in bytes on a usual JVM; rounded up. */
  private static final int PAGE_BYTES = 320;

  private static final int ENTRY_BYTES = 16;

  private final Cache<Long, CachedPage> pages;
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

    /** Cuts another page from the cached one, if it is within it. */
    Optional<FeedPage> cut(FeedRequest request) {
      List<FeedEntry> below = new ArrayList<>(entries.size());
      for (int i = 0; i < entries.size(); i++) {
        if (entries.videoId(i) < request.below()) {
          below.add(entries.entry(i));
        }
      }
      if (below.isEmpty() && !request.isFirst()) {
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

  /** Stores a page if it is a first page and complete. */
  void keep(FeedRequest request, FeedPage page) {
    if (!request.isFirst() || page.degraded()) {
      return;
    }
    CachedPage kept = pages.getIfPresent(request.userId());
    if (kept != null && kept.isOf(page)) {
      kept.at = clock.read();
    } else {
      pages.put(request.userId(), new CachedPage(page, clock.read()));
    }
  }

  /**
   * Returns the cached page; empty if there is none.
   *
   * @param maxConcurrent whether the store was not queried
   */
  Optional<FeedReadResult> find(FeedRequest request, boolean maxConcurrent) {
    CachedPage kept = pages.getIfPresent(request.userId());
    if (kept == null) {
      return Optional.empty();
    }
    Duration age = Duration.ofNanos(Math.max(0, clock.read() - kept.at));
    if (age.compareTo(maxAge) >= 0) {
      return Optional.empty();
    }
    return kept.cut(request).map(page -> new FeedReadResult.Stale(page, age, maxConcurrent));
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
