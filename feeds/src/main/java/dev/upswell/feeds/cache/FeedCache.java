package dev.upswell.feeds.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.FeedOptions;
import dev.upswell.feeds.FeedReadOptions;
import dev.upswell.feeds.FeedRequest;
import dev.upswell.feeds.page.PageSlice;
import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.store.Freshness;
import dev.upswell.feeds.store.StoredFeed;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads feeds and caches their newest videos. A later read validates them with the tail of the list
 * and adds the pushes since then. Bounded in bytes. Thread-safe.
 */
public final class FeedCache {
  private final FeedStoreReader store;
  private final FeedOptions settings;
  private final LongSupplier nanoClock;
  private final long maxLagNanos;
  private final Cache<Long, CachedFeed> feeds;

  /** Creates an empty cache. */
  public FeedCache(
      FeedStoreReader store,
      FeedOptions settings,
      FeedReadOptions reading,
      LongSupplier nanoClock) {
    this.store = store;
    this.settings = settings;
    this.nanoClock = nanoClock;
    this.maxLagNanos = reading.invalidationMaxLag().toNanos();
    this.feeds =
        Caffeine.newBuilder()
            .maximumWeight(reading.cacheBytes())
            .weigher((Long user, CachedFeed feed) -> feed.bytes())
            .removalListener(FeedCache::release)
            .executor(Runnable::run)
            .build();
  }

  private static void release(
      @Nullable Long user, @Nullable CachedFeed feed, RemovalCause unusedCause) {
    if (feed != null) {
      feed.tracked().release();
    }
  }

  /**
   * Reads a user's keys, and of the list at least the part for the page.
   *
   * @param allPulled all pulled creators
   * @return with a list that is complete down to its own floor if the stored one is
   */
  public CompletableFuture<StoredFeed> storedFeed(FeedRequest request, long[] allPulled) {
    CachedFeed cached = feeds.getIfPresent(request.userId());
    if (cached == null || isBeyond(cached.newest(), request)) {
      return readWhole(request.userId());
    }
    long queriedAt = nanoClock.getAsLong();
    boolean renew = isToBeRenewed(cached, queriedAt);
    return store
        .head(request.userId(), cached.size(), CachedFeed.MOST, renew)
        .thenCompose(
            head -> {
              Optional<CachedFeed> now =
                  cached
                      .at(head, settings.maxEntries())
                      .filter(feed -> feed.size() <= settings.compactAbove())
                      .filter(feed -> suffices(feed.newest(), head.following(), request));
              if (now.isEmpty()) {
                head.freshness().release();
                return readWhole(request.userId());
              }
              StoredFeed stored =
                  new StoredFeed(head.following(), head.warmEpoch(), now.get().newest());
              if (!stored.isWarm()) {
                head.freshness().release();
                feeds.invalidate(request.userId());
                return CompletableFuture.completedFuture(stored);
              }
              CachedFeed next = renew ? now.get().renewedAt(queriedAt) : now.get();
              if (maxLagNanos > 0 && head.freshness() != Freshness.NONE) {
                next = next.tracked(tracked(stored, allPulled, head.freshness()));
              }
              if (next != cached) {
                feeds.put(request.userId(), next);
              }
              return CompletableFuture.completedFuture(stored);
            });
  }

  /** Returns whether the page surely has videos that are not cached. */
  private static boolean isBeyond(FeedList newest, FeedRequest request) {
    return request.below() <= newest.floor()
        || (newest.floor() > 0 && request.limit() >= newest.videos());
  }

  private static TrackedFeed tracked(StoredFeed stored, long[] allPulled, Freshness freshness) {
    long[] followees = stored.following().followees();
    if (stored.isWarm() && PulledCreatorsCache.among(allPulled, followees).length == 0) {
      return TrackedFeed.of(stored.list(), stored.following(), allPulled, freshness);
    }
    freshness.release();
    return TrackedFeed.NONE;
  }

  /**
   * Returns a page without a request, if the cache is valid.
   *
   * @param allPulled all pulled creators
   */
  public Optional<PageSlice> cached(FeedRequest request, long[] allPulled) {
    CachedFeed cached = feeds.getIfPresent(request.userId());
    if (cached == null) {
      return Optional.empty();
    }
    long now = nanoClock.getAsLong();
    Optional<PageSlice> page = cached.tracked().page(request, allPulled, now - maxLagNanos);
    if (page.isPresent() && isToBeRenewed(cached, now)) {
      // The result is ignored; the next read sends a request again.
      feeds.put(request.userId(), cached.renewedAt(now));
      var unused = store.renew(request.userId());
    }
    return page;
  }

  /**
   * A renewal is a write that reaches replicas and the log. One per page would dominate all writes.
   */
  private boolean isToBeRenewed(CachedFeed cached, long now) {
    return now - cached.renewedAt() >= settings.renewFeedAfter().toNanos();
  }

  /** Returns whether there is a video beyond the page, or nothing below the cached part. */
  private static boolean suffices(FeedList newest, Following following, FeedRequest request) {
    if (newest.floor() == 0) {
      return true;
    }
    int found = 0;
    for (int i = 0; i < newest.videos() && found <= request.limit(); i++) {
      if (newest.videoId(i) < request.below() && following.contains(newest.creatorId(i))) {
        found++;
      }
    }
    return found > request.limit();
  }

  private CompletableFuture<StoredFeed> readWhole(long userId) {
    long queriedAt = nanoClock.getAsLong();
    return store
        .storedFeed(userId)
        .thenApply(
            stored -> {
              if (stored.isWarm() && stored.list().size() <= settings.compactAbove()) {
                feeds.put(userId, CachedFeed.of(stored.list(), settings.maxEntries(), queriedAt));
              } else {
                feeds.invalidate(userId);
              }
              return stored;
            });
  }
}
