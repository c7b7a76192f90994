package dev.upswell.feeds;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.FeedSnapshot;
import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.FeedPage.Source;
import dev.upswell.feeds.cache.FeedCache;
import dev.upswell.feeds.cache.PulledCreatorsCache;
import dev.upswell.feeds.cache.VisibilityCache;
import dev.upswell.feeds.outbox.OutboxMerge;
import dev.upswell.feeds.outbox.OutboxReader;
import dev.upswell.feeds.page.FeedClock;
import dev.upswell.feeds.page.FeedWindow;
import dev.upswell.feeds.page.PageSlice;
import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.store.StoredFeed;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Reads a feed page by page, and computes it if there is no list. Thread-safe.
 *
 * <p>Four cases:
 *
 * <ul>
 *   <li>A <em>warm</em> list is complete down to its floor. Only the videos of pulled creators are
 *       merged in from their outboxes.
 *   <li>A viewer with acknowledged edges but without a list gets one. The reader writes a marker
 *       first, so that pushes land before it. Then it reads the outboxes and replaces the marker by
 *       the result, if the marker is still there.
 *   <li>For a pulled viewer, the computed feed is saved as a <em>snapshot</em>.
 *   <li>All others, and pages below a floor, are <em>computed</em> from the outboxes.
 * </ul>
 *
 * <p>Pages contain only videos of current followees. Videos without data, and removed or private
 * ones, are hidden: at once with invalidations of the store, within {@link
 * FeedReadOptions#invalidationMaxLag} if they are delayed, and within {@link
 * FeedReadOptions#visibilityTtl} without them.
 */
public final class FeedReader {
  /** Maximum builds in a row while the user follows further creators. */
  private static final int ATTEMPTS = 3;

  private final FeedStoreReader store;
  private final FeedOptions settings;
  private final LongSupplier builders;
  private final FeedClock clock;
  private final OutboxReader outboxes;
  private final PulledCreatorsCache pulledCreators;
  private final FeedCache feeds;
  private final VisibilityCache videos;

  /**
   * Creates a reader.
   *
   * @param builders unique numbers for markers, across all readers
   * @param reading timeout and caches
   */
  public FeedReader(
      FeedStoreReader store,
      FeedOptions settings,
      LongSupplier builders,
      FeedClock clock,
      FeedReadOptions reading) {
    this.store = store;
    this.settings = settings;
    this.builders = builders;
    this.clock = clock;
    this.outboxes = new OutboxReader(store, clock, reading.readTimeout());
    this.pulledCreators = new PulledCreatorsCache(store, settings.pulledRefresh(), clock::nanos);
    this.feeds = new FeedCache(store, settings, reading, clock::nanos);
    this.videos = new VisibilityCache(store, reading, clock::nanos);
  }

  /**
   * Returns a page of a warm feed without a request to the store, if the cache is valid: the store
   * has sent no invalidation for any key behind the page.
   */
  public Optional<FeedPage> cached(FeedRequest request) {
    return pulledCreators
        .cached()
        .flatMap(pulled -> feeds.cached(request, pulled))
        .flatMap(
            slice ->
                videos
                    .cached(slice.entries())
                    .map(
                        shown ->
                            new FeedPage(
                                shown, slice.next(), Source.WARM, OptionalLong.empty(), false)));
  }

  /**
   * Reads a page.
   *
   * @return fails when the store does
   */
  public CompletableFuture<FeedPage> read(FeedRequest request) {
    // Read before the list. A creator who was released when the list is read may have been pulled
    // when it was written. Lists without the videos of that time are deleted before the release.
    return pulledCreators.current().thenCompose(pulled -> read(request, pulled));
  }

  private CompletableFuture<FeedPage> read(FeedRequest request, long[] pulled) {
    Optional<PageSlice> cached = feeds.cached(request, pulled);
    if (cached.isPresent()) {
      return page(cached.get(), Source.WARM, OptionalLong.empty(), false);
    }
    return feeds
        .storedFeed(request, pulled)
        .thenCompose(
            stored -> {
              Following following = stored.following();
              if (following.followees().length == 0) {
                return CompletableFuture.completedFuture(
                    new FeedPage(
                        List.of(),
                        OptionalLong.empty(),
                        Source.COMPUTED,
                        OptionalLong.empty(),
                        false));
              }
              if (stored.isWarm()) {
                return warm(request, stored, pulled);
              }
              if (stored.isWarmable() && request.isFirst()) {
                return build(request, following, ATTEMPTS);
              }
              return following.isPulled()
                  ? readSnapshot(request, following)
                  : compute(request, following, request.below());
            });
  }

  // ---- Warm

  private CompletableFuture<FeedPage> warm(
      FeedRequest request, StoredFeed stored, long[] allPulled) {
    FeedWindow window = new FeedWindow(stored.list(), settings.maxEntries());
    if (stored.list().size() > settings.compactAbove()) {
      // The result is ignored. A list that changed in between is compacted by a later reader.
      var unused = store.compact(request.userId(), stored.list(), window.compacted());
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

  /** Returns a page of a list that is complete down to its floor. */
  private CompletableFuture<FeedPage> window(
      FeedRequest request,
      Following following,
      FeedWindow window,
      Source source,
      OptionalLong asOf) {
    List<FeedEntry> found = window.newest(following, request.below(), request.limit() + 1);
    PageSlice slice = PageSlice.at(request.limit(), found, window.floor());
    if (slice.isEmptyWithMore()) {
      return compute(request, following, Math.min(request.below(), window.floor()));
    }
    return page(slice, source, asOf, false);
  }

  /** A page of a list that lacks the videos of some creators, and the newest of theirs. */
  private CompletableFuture<FeedPage> mixed(
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
    PageSlice slice = PageSlice.at(request.limit(), found, pulled.horizon() >= end ? 0 : end);
    if (slice.isEmptyWithMore()) {
      return compute(request, following, Math.min(request.below(), end));
    }
    return page(slice, Source.WARM, OptionalLong.empty(), pulled.isDegraded());
  }

  // ---- Built

  private CompletableFuture<FeedPage> build(
      FeedRequest request, Following following, int attempts) {
    OutboxMerge merge = merge(following.followees(), settings.maxEntries(), Long.MAX_VALUE);
    return store
        .begin(request.userId(), builders.getAsLong(), merge.missing())
        .thenCompose(
            start -> {
              boolean warmable = start.warmEpoch() == start.following().epoch();
              boolean sameFollowees =
                  Arrays.equals(start.following().followees(), following.followees());
              if (warmable && !sameFollowees && attempts > 1) {
                return build(request, start.following(), attempts - 1);
              }
              if (!warmable || !sameFollowees || !start.tail().isMarker()) {
                return compute(request, start.following(), Long.MAX_VALUE);
              }
              start.pages().forEach(merge::add);
              return outboxes
                  .complete(merge)
                  .thenCompose(done -> saveAndReturn(request, start.tail(), done));
            });
  }

  /**
   * Saves the computed list and returns its page. The list is correct even if a later event made it
   * useless.
   */
  private CompletableFuture<FeedPage> saveAndReturn(
      FeedRequest request, FeedEntry marker, OutboxMerge merged) {
    List<FeedEntry> list = merged.asList();
    CompletableFuture<FeedPage> page = page(PageSlice.first(request.limit(), list), merged);
    if (merged.isDegraded()) {
      return page;
    }
    CompletableFuture<Boolean> saved = store.finish(request.userId(), marker, list);
    return page.thenCombine(saved, (shown, done) -> shown);
  }

  // ---- Snapshot

  private CompletableFuture<FeedPage> readSnapshot(FeedRequest request, Following following) {
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

  private CompletableFuture<FeedPage> computeAndSave(FeedRequest request, Following following) {
    long now = clock.millis();
    return outboxes
        .complete(merge(following.followees(), settings.maxEntries(), Long.MAX_VALUE))
        .thenCompose(
            merged -> {
              List<FeedEntry> list = merged.asList();
              CompletableFuture<FeedPage> page =
                  page(PageSlice.first(request.limit(), list), merged);
              if (merged.isDegraded() || list.isEmpty()) {
                return page;
              }
              FeedSnapshot feed = new FeedSnapshot(following.epoch(), now, FeedList.of(list));
              return page.thenCombine(
                  store.saveSnapshot(request.userId(), feed), (shown, done) -> shown);
            });
  }

  // ---- Computed

  private CompletableFuture<FeedPage> compute(
      FeedRequest request, Following following, long below) {
    return outboxes
        .complete(merge(following.followees(), request.limit() + 1, below))
        .thenCompose(merged -> page(PageSlice.at(request.limit(), merged.entries(), 0), merged));
  }

  private OutboxMerge merge(long[] creators, int wanted, long below) {
    return new OutboxMerge(creators, below, wanted, settings.outboxEntries());
  }

  // ---- Pages

  private CompletableFuture<FeedPage> page(PageSlice slice, OutboxMerge merged) {
    return page(slice, Source.COMPUTED, OptionalLong.empty(), merged.isDegraded());
  }

  private CompletableFuture<FeedPage> page(
      PageSlice slice, Source source, OptionalLong asOf, boolean degraded) {
    List<FeedEntry> entries = slice.entries();
    if (entries.isEmpty()) {
      return CompletableFuture.completedFuture(
          new FeedPage(entries, slice.next(), source, asOf, degraded));
    }
    return videos
        .of(entries)
        .thenApply(shown -> new FeedPage(shown, slice.next(), source, asOf, degraded));
  }
}
