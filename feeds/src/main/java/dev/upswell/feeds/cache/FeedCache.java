package dev.upswell.feeds.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.FeedReadSettings;
import dev.upswell.feeds.FeedRequest;
import dev.upswell.feeds.FeedSettings;
import dev.upswell.feeds.page.PageSlice;
import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.store.Freshness;
import dev.upswell.feeds.store.StoredFeed;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads feeds and caches their newest videos. A later read validates them with the head of the
 * list. Bounded in bytes. Thread-safe.
 */
public final class FeedCache {
  private final FeedStoreReader store;
  private final FeedSettings settings;
  private final LongSupplier nanoClock;
  private final long trustNanos;
  private final Cache<Long, CachedFeed> feeds;

  /** Nothing yet. */
  public FeedCache(
      FeedStoreReader store,
      FeedSettings settings,
      FeedReadSettings reading,
      LongSupplier nanoClock) {
    this.store = store;
    this.settings = settings;
    this.nanoClock = nanoClock;
    this.trustNanos = reading.invalidationMaxLag().toNanos();
    this.feeds =
        Caffeine.newBuilder()
            .maximumWeight(reading.cacheBytes())
            .weigher((Long user, CachedFeed feed) -> feed.bytes())
            .removalListener(FeedCache::ended)
            .executor(Runnable::run)
            .build();
  }

  private static void ended(
      @Nullable Long user, @Nullable CachedFeed feed, RemovalCause unusedCause) {
    if (feed != null) {
      feed.watched().end();
    }
  }

  /**
   * Reads a user's keys, and of the list at least the part for the page.
   *
   * @param allPulled all pulled creators
   * @return with a list that is complete down to its own floor if the whole one is
   */
  public CompletableFuture<StoredFeed> storedFeed(FeedRequest request, long[] allPulled) {
    CachedFeed known = feeds.getIfPresent(request.userId());
    if (known == null || request.below() <= known.newest().floor()) {
      return whole(request.userId());
    }
    long queriedAt = nanoClock.getAsLong();
    boolean renew = isToBeRenewed(known, queriedAt);
    return store
        .head(request.userId(), CachedFeed.GLANCE, renew)
        .thenCompose(
            head -> {
              Optional<CachedFeed> now =
                  head.size() > settings.compactAbove()
                      ? Optional.empty()
                      : known.at(head, settings.maxEntries());
              if (now.isEmpty() || !suffices(now.get().newest(), head.following(), request)) {
                head.watch().end();
                return whole(request.userId());
              }
              StoredFeed snapshot =
                  new StoredFeed(head.following(), head.warmEpoch(), now.get().newest());
              CachedFeed next = renew ? now.get().renewedAt(queriedAt) : now.get();
              if (trustNanos > 0 && head.watch() != Freshness.NONE) {
                next = next.watched(watched(snapshot, allPulled, head.watch()));
              }
              if (next != known) {
                feeds.put(request.userId(), next);
              }
              return CompletableFuture.completedFuture(snapshot);
            });
  }

  private static TrackedFeed watched(StoredFeed seen, long[] allPulled, Freshness watch) {
    long[] followees = seen.following().followees();
    if (seen.isWarm() && PulledCreatorsCache.among(allPulled, followees).length == 0) {
      return TrackedFeed.of(seen.list(), seen.following(), allPulled, watch);
    }
    watch.end();
    return TrackedFeed.NONE;
  }

  /**
   * Returns a page without a request, if the cache is valid.
   *
   * @param allPulled all pulled creators
   */
  public Optional<PageSlice> cached(FeedRequest request, long[] allPulled) {
    CachedFeed known = feeds.getIfPresent(request.userId());
    if (known == null) {
      return Optional.empty();
    }
    long now = nanoClock.getAsLong();
    Optional<PageSlice> page = known.watched().page(request, allPulled, now - trustNanos);
    if (page.isPresent() && isToBeRenewed(known, now)) {
      // The result is ignored; the next read sends a request again.
      feeds.put(request.userId(), known.renewedAt(now));
      var unused = store.renew(request.userId());
    }
    return page;
  }

  /**
   * A renewal is a write that reaches replicas and the log. One per page would dominate all writes.
   */
  private boolean isToBeRenewed(CachedFeed known, long now) {
    return now - known.renewedAt() >= settings.renewFeedAfter().toNanos();
  }

  /** Returns whether there is a video beyond the page, or nothing below the cached part. */
  private static boolean suffices(FeedList newest, Following following, FeedRequest request) {
    if (newest.floor() == 0) {
      return true;
    }
    int found = 0;
    for (int i = 0; i < newest.size() && found <= request.limit(); i++) {
      if (newest.videoId(i) < request.below() && following.contains(newest.creatorId(i))) {
        found++;
      }
    }
    return found > request.limit();
  }

  private CompletableFuture<StoredFeed> whole(long userId) {
    long queriedAt = nanoClock.getAsLong();
    return store
        .storedFeed(userId)
        .thenApply(
            snapshot -> {
              if (snapshot.isWarm() && snapshot.list().size() <= settings.compactAbove()) {
                feeds.put(userId, CachedFeed.of(snapshot.list(), settings.maxEntries(), queriedAt));
              } else {
                feeds.invalidate(userId);
              }
              return snapshot;
            });
  }
}
