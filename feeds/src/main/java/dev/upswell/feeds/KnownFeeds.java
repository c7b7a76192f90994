package dev.upswell.feeds;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.Following;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Reads feeds, and remembers the newest videos of those that were read, so that the next time a
 * glance at the list is enough to know whether they still are. Bounded by bytes. Thread-safe.
 */
final class KnownFeeds {
  private final FeedReads store;
  private final FeedSettings settings;
  private final LongSupplier nanoClock;
  private final Cache<Long, KnownFeed> feeds;

  /**
   * Nothing yet.
   *
   * @param maxBytes memory, about; 0 for none
   */
  KnownFeeds(FeedReads store, FeedSettings settings, long maxBytes, LongSupplier nanoClock) {
    this.store = store;
    this.settings = settings;
    this.nanoClock = nanoClock;
    this.feeds =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((Long user, KnownFeed feed) -> feed.bytes())
            .executor(Runnable::run)
            .build();
  }

  /**
   * A user's keys; of the list at least what the page is cut from.
   *
   * @return with a list that is complete down to its own floor if the whole one is
   */
  CompletableFuture<FeedSnapshot> snapshot(FeedRequest request) {
    KnownFeed known = feeds.getIfPresent(request.userId());
    if (known == null || request.below() <= known.newest().floor()) {
      return whole(request.userId());
    }
    long askedAt = nanoClock.getAsLong();
    // A write, which goes to replicas and the log, for each page would be most of what is written.
    boolean renew = askedAt - known.renewedAt() >= settings.renewFeedAfter().toNanos();
    return store
        .glance(request.userId(), KnownFeed.GLANCE, renew)
        .thenCompose(
            glance -> {
              Optional<KnownFeed> now =
                  glance.size() > settings.compactAbove()
                      ? Optional.empty()
                      : known.at(glance, settings.maxEntries());
              if (now.isEmpty() || !suffices(now.get().newest(), glance.following(), request)) {
                return whole(request.userId());
              }
              KnownFeed next = renew ? now.get().renewedAt(askedAt) : now.get();
              if (next != known) {
                feeds.put(request.userId(), next);
              }
              return CompletableFuture.completedFuture(
                  new FeedSnapshot(glance.following(), glance.warmEpoch(), now.get().newest()));
            });
  }

  /** Whether there is a video more than the page holds, or nothing below what is known. */
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

  private CompletableFuture<FeedSnapshot> whole(long userId) {
    long askedAt = nanoClock.getAsLong();
    return store
        .snapshot(userId)
        .thenApply(
            snapshot -> {
              if (snapshot.isWarm() && snapshot.list().size() <= settings.compactAbove()) {
                feeds.put(userId, KnownFeed.of(snapshot.list(), settings.maxEntries(), askedAt));
              } else {
                feeds.invalidate(userId);
              }
              return snapshot;
            });
  }
}
