package dev.upswell.feeds;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.feeds.FeedPage.Source;
import dev.upswell.feeds.cache.FeedCache;
import dev.upswell.feeds.cache.PulledCreatorsCache;
import dev.upswell.feeds.cache.VisibilityCache;
import dev.upswell.feeds.outbox.OutboxReader;
import dev.upswell.feeds.page.FeedClock;
import dev.upswell.feeds.page.PageSlice;
import dev.upswell.feeds.store.FeedStoreReader;
import java.util.ArrayList;
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
 *   <li>A viewer with acknowledged edges but without a list gets one ({@link FeedBuilder}).
 *   <li>For a pulled viewer, the computed feed is saved as a <em>snapshot</em>.
 *   <li>All others, and pages below a floor, are <em>computed</em> from the outboxes.
 * </ul>
 *
 * <p>Pages contain only videos of current followees. Videos without data, and removed or private
 * ones, are hidden: at once with invalidations of the store, within {@link
 * FeedReadOptions#invalidationMaxLag} if they are delayed, and within {@link
 * FeedReadOptions#visibilityTtl} without them. A page is full unless the feed ends: the videos
 * after hidden ones take their places ({@link PageFill}).
 */
public final class FeedReader {
  private final FeedOptions settings;
  private final FeedClock clock;
  private final long timeoutNanos;
  private final PulledCreatorsCache pulledCreators;
  private final FeedCache feeds;
  private final VisibilityCache videos;
  private final FeedBuilder builder;
  private final SliceReader slices;

  /**
   * Creates a reader.
   *
   * @param builds unique numbers for markers and lists, across all readers
   * @param reading timeout and caches
   */
  public FeedReader(
      FeedStoreReader store,
      FeedOptions settings,
      LongSupplier builds,
      FeedClock clock,
      FeedReadOptions reading) {
    this.settings = settings;
    this.clock = clock;
    this.timeoutNanos = reading.readTimeout().toNanos();
    this.pulledCreators = new PulledCreatorsCache(store, settings.pulledRefresh(), clock::nanos);
    this.feeds = new FeedCache(store, settings, reading, clock::nanos);
    this.videos = new VisibilityCache(store, reading, clock::nanos);
    OutboxReader outboxes = new OutboxReader(store, clock, reading.readTimeout());
    this.builder = new FeedBuilder(store, settings, builds, outboxes, videos);
    this.slices = new SliceReader(store, settings, clock, outboxes, feeds, builder);
  }

  /** Returns the visibility of the videos that this reader has read. */
  public VisibilityCache videos() {
    return videos;
  }

  /**
   * Returns a page of a warm feed without a request to the store, if the caches are valid: the
   * store has sent no invalidation for any key behind the page.
   */
  public Optional<FeedPage> cached(FeedRequest request) {
    Optional<long[]> pulled = pulledCreators.cached();
    if (pulled.isEmpty()) {
      return Optional.empty();
    }
    List<FeedEntry> page = List.of();
    FeedRequest part = request;
    while (true) {
      Optional<PageSlice> slice = feeds.cached(part, pulled.get());
      Optional<List<FeedEntry>> shown = slice.flatMap(found -> videos.cached(found.entries()));
      if (slice.isEmpty() || shown.isEmpty()) {
        return Optional.empty();
      }
      page = page.isEmpty() ? shown.get() : joined(page, shown.get());
      OptionalLong next = slice.get().next();
      int missing = request.limit() - page.size();
      if (missing == 0 || next.isEmpty()) {
        return Optional.of(new FeedPage(page, next, Source.WARM, OptionalLong.empty(), false));
      }
      part = new FeedRequest(request.userId(), missing, next.getAsLong(), false);
    }
  }

  private static List<FeedEntry> joined(List<FeedEntry> first, List<FeedEntry> second) {
    List<FeedEntry> all = new ArrayList<>(first.size() + second.size());
    all.addAll(first);
    all.addAll(second);
    return all;
  }

  /**
   * Reads a page.
   *
   * @return fails when the store does
   */
  public CompletableFuture<FeedPage> read(FeedRequest request) {
    long start = clock.nanos();
    // Read before the list. A creator who was released when the list is read may have been pulled
    // when it was written. Lists without the videos of that time are deleted before the release.
    return pulledCreators
        .current()
        .thenCompose(
            pulled -> {
              PageFill fill =
                  new PageFill(
                      request,
                      part -> slices.read(part, pulled),
                      videos::of,
                      () -> clock.nanos() - start > timeoutNanos);
              return fill.fill().whenComplete((page, failure) -> rebuildIfHidden(request, fill));
            });
  }

  /** A list that is hidden for more than a quarter of its length makes each page a long read. */
  private void rebuildIfHidden(FeedRequest request, PageFill fill) {
    if (fill.hiddenInList() > Math.max(1, settings.maxEntries() / 4)) {
      builder.rebuild(request.userId());
    }
  }
}
