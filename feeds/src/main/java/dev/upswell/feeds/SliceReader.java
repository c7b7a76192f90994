package dev.upswell.feeds;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.FeedSnapshot;
import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.FeedPage.Source;
import dev.upswell.feeds.cache.FeedCache;
import dev.upswell.feeds.cache.PulledCreatorsCache;
import dev.upswell.feeds.outbox.OutboxMerge;
import dev.upswell.feeds.outbox.OutboxReader;
import dev.upswell.feeds.page.FeedClock;
import dev.upswell.feeds.page.FeedWindow;
import dev.upswell.feeds.page.PageSlice;
import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.store.StoredFeed;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Reads slices of feeds: of the list, of a snapshot, or computed from the outboxes. Thread-safe.
 *
 * <p>Slices have videos of current followees only, and hidden videos too.
 */
final class SliceReader {
  private final FeedStoreReader store;
  private final FeedOptions settings;
  private final FeedClock clock;
  private final OutboxReader outboxes;
  private final FeedCache feeds;
  private final FeedBuilder builder;

  SliceReader(
      FeedStoreReader store,
      FeedOptions settings,
      FeedClock clock,
      OutboxReader outboxes,
      FeedCache feeds,
      FeedBuilder builder) {
    this.store = store;
    this.settings = settings;
    this.clock = clock;
    this.outboxes = outboxes;
    this.feeds = feeds;
    this.builder = builder;
  }

  /**
   * Reads a slice. Only a first one builds a list.
   *
   * @param pulled all pulled creators
   */
  CompletableFuture<Slice> read(FeedRequest request, long[] pulled) {
    return feeds
        .storedFeed(request, pulled)
        .thenCompose(
            stored -> {
              Following following = stored.following();
              if (following.followees().length == 0) {
                return done(computed(PageSlice.at(request.limit(), List.of(), 0)));
              }
              if (stored.isWarm()) {
                return warm(request, stored, pulled);
              }
              if (stored.isWarmable() && request.isFirst()) {
                return build(request, following);
              }
              return following.isPulled()
                  ? readSnapshot(request, following)
                  : compute(request, following, request.below());
            });
  }

  private static CompletableFuture<Slice> done(Slice slice) {
    return CompletableFuture.completedFuture(slice);
  }

  private static Slice computed(PageSlice part) {
    return Slice.of(part, Source.COMPUTED, OptionalLong.empty());
  }

  // ---- Warm

  private CompletableFuture<Slice> warm(FeedRequest request, StoredFeed stored, long[] allPulled) {
    FeedWindow window = new FeedWindow(stored.list(), settings.maxEntries());
    if (stored.list().size() > settings.compactAbove()) {
      builder.compact(request.userId(), stored.list(), window);
    }
    Following following = stored.following();
    long[] pulled = PulledCreatorsCache.among(allPulled, following.followees());
    if (pulled.length == 0) {
      return window(request, following, window, Source.WARM, OptionalLong.empty());
    }
    return outboxes
        .complete(merge(pulled, request.limit() + 1, request.below()))
        .thenCompose(merged -> mixed(request, following, window, merged));
  }

  /** Returns a slice of a list that is complete down to its floor. */
  private CompletableFuture<Slice> window(
      FeedRequest request,
      Following following,
      FeedWindow window,
      Source source,
      OptionalLong asOf) {
    List<FeedEntry> found = window.newest(following, request.below(), request.limit() + 1);
    PageSlice part = PageSlice.at(request.limit(), found, window.floor());
    if (part.isEmptyWithMore()) {
      return compute(request, following, Math.min(request.below(), window.floor()));
    }
    return done(Slice.of(part, source, asOf));
  }

  /** A slice of a list that lacks the videos of some creators, and the newest of theirs. */
  private CompletableFuture<Slice> mixed(
      FeedRequest request, Following following, FeedWindow window, OutboxMerge pulled) {
    long end = Math.max(window.floor(), pulled.horizon());
    List<FeedEntry> all = window.newest(following, request.below(), request.limit() + 1);
    all.addAll(pulled.entries());
    List<FeedEntry> found =
        all.stream()
            .filter(entry -> entry.videoId() >= end)
            .distinct()
            .sorted(FeedEntry.NEWEST_FIRST)
            .toList();
    // No page follows below the horizon of an outbox.
    PageSlice part = PageSlice.at(request.limit(), found, pulled.horizon() >= end ? 0 : end);
    if (part.isEmptyWithMore()) {
      return compute(request, following, Math.min(request.below(), end));
    }
    return done(Slice.of(part, Source.WARM, OptionalLong.empty()).degraded(pulled));
  }

  // ---- Built

  private CompletableFuture<Slice> build(FeedRequest request, Following following) {
    return builder
        .build(request.userId(), following)
        .thenCompose(
            built ->
                built.merged().isEmpty()
                    ? compute(request, built.following(), Long.MAX_VALUE)
                    : done(first(request, built.merged().get()).after(built.saved())));
  }

  /** The first slice of a whole computed feed. */
  private static Slice first(FeedRequest request, OutboxMerge merged) {
    return Slice.computed(PageSlice.at(request.limit(), merged.entries(), merged.floor()), merged);
  }

  // ---- Snapshot

  private CompletableFuture<Slice> readSnapshot(FeedRequest request, Following following) {
    // Later pages must continue the list of the first one.
    if (request.refresh() && request.isFirst()) {
      return computeAndSave(request, following);
    }
    return store
        .feedSnapshot(request.userId())
        .thenCompose(
            found -> {
              if (found.isEmpty() || found.get().epoch() != following.epoch()) {
                return request.isFirst()
                    ? computeAndSave(request, following)
                    : compute(request, following, request.below());
              }
              FeedWindow window = new FeedWindow(found.get().list(), settings.maxEntries());
              OptionalLong asOf = OptionalLong.of(found.get().asOf());
              return window(request, following, window, Source.SNAPSHOT, asOf);
            });
  }

  private CompletableFuture<Slice> computeAndSave(FeedRequest request, Following following) {
    long now = clock.millis();
    return outboxes
        .complete(merge(following.followees(), settings.maxEntries(), Long.MAX_VALUE))
        .thenApply(
            merged -> {
              Slice slice = first(request, merged);
              List<FeedEntry> list = new ArrayList<>(merged.entries());
              if (merged.isDegraded() || list.isEmpty()) {
                return slice;
              }
              list.add(FeedEntry.tail(merged.floor(), 0));
              FeedSnapshot feed = new FeedSnapshot(following.epoch(), now, FeedList.of(list));
              return slice.after(store.saveSnapshot(request.userId(), feed));
            });
  }

  // ---- Computed

  private CompletableFuture<Slice> compute(FeedRequest request, Following following, long below) {
    return outboxes
        .complete(merge(following.followees(), request.limit() + 1, below))
        .thenApply(
            merged -> Slice.computed(PageSlice.at(request.limit(), merged.entries(), 0), merged));
  }

  private OutboxMerge merge(long[] creators, int wanted, long below) {
    return new OutboxMerge(creators, below, wanted, settings.outboxEntries());
  }
}
