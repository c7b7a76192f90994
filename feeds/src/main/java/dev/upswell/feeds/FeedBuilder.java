package dev.upswell.feeds;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.cache.VisibilityCache;
import dev.upswell.feeds.outbox.OutboxMerge;
import dev.upswell.feeds.outbox.OutboxReader;
import dev.upswell.feeds.page.FeedWindow;
import dev.upswell.feeds.store.BuildStart;
import dev.upswell.feeds.store.FeedStoreReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Writes whole feed lists, each with a build number of its own. Thread-safe.
 *
 * <p>A builder first writes a marker, so that pushes land before it. Then it reads the following
 * and the outboxes, and replaces the marker by the result, if the marker is still there.
 */
final class FeedBuilder {
  /** Maximum builds in a row while the user follows further creators. */
  private static final int ATTEMPTS = 3;

  /** Maximum concurrent builds without hidden videos; they wait for no request. */
  private static final int MOST_REBUILDS = 4;

  /** Maximum merges of such a build. */
  private static final int ROUNDS = 8;

  private final FeedStoreReader store;
  private final FeedOptions settings;
  private final LongSupplier builds;
  private final OutboxReader outboxes;
  private final VisibilityCache videos;
  private final AtomicInteger rebuilds = new AtomicInteger();

  /**
   * Creates a builder.
   *
   * @param builds unique numbers, across all readers
   */
  FeedBuilder(
      FeedStoreReader store,
      FeedOptions settings,
      LongSupplier builds,
      OutboxReader outboxes,
      VisibilityCache videos) {
    this.store = store;
    this.settings = settings;
    this.builds = builds;
    this.outboxes = outboxes;
    this.videos = videos;
  }

  /**
   * Result of a build.
   *
   * @param following the following at the time of the build
   * @param merged the feed; empty if no list may be written now
   * @param saved completes after the write
   */
  record Built(Following following, Optional<OutboxMerge> merged, CompletableFuture<?> saved) {
    static Built none(Following following) {
      return new Built(following, Optional.empty(), CompletableFuture.completedFuture(null));
    }
  }

  /** Builds the list of a viewer with acknowledged edges. It may contain hidden videos. */
  CompletableFuture<Built> build(long userId, Following following) {
    return build(userId, following, ATTEMPTS);
  }

  private CompletableFuture<Built> build(long userId, Following following, int attempts) {
    long number = builds.getAsLong();
    OutboxMerge merge = merge(following, Long.MAX_VALUE);
    return store
        .begin(userId, number, merge.missing())
        .thenCompose(
            start -> {
              boolean sameFollowees =
                  Arrays.equals(start.following().followees(), following.followees());
              if (isWarmable(start) && !sameFollowees && attempts > 1) {
                return build(userId, start.following(), attempts - 1);
              }
              if (!isWarmable(start) || !sameFollowees || !start.tail().isMarker()) {
                return CompletableFuture.completedFuture(Built.none(start.following()));
              }
              start.pages().forEach(merge::add);
              return outboxes
                  .complete(merge)
                  .thenApply(merged -> save(userId, start, merged, number));
            });
  }

  private static boolean isWarmable(BuildStart start) {
    return start.warmEpoch() == start.following().epoch();
  }

  /** Saves a merge. The list is correct even if a later event made it useless. */
  private Built save(long userId, BuildStart start, OutboxMerge merged, long number) {
    CompletableFuture<?> saved =
        merged.isDegraded()
            ? CompletableFuture.completedFuture(null)
            : finish(userId, start, merged.entries(), merged.floor(), number);
    return new Built(start.following(), Optional.of(merged), saved);
  }

  private CompletableFuture<Boolean> finish(
      long userId, BuildStart start, List<FeedEntry> videos, long floor, long number) {
    List<FeedEntry> list = new ArrayList<>(videos);
    list.add(FeedEntry.tail(floor, number));
    return store.finish(userId, start.tail(), list);
  }

  /** Writes a list without duplicates and surplus, unless it has changed; nothing waits for it. */
  void compact(long userId, FeedList seen, FeedWindow window) {
    // The result is ignored. A list that changed in between is compacted by a later reader.
    var unused = store.compact(userId, seen, window.compacted(builds.getAsLong()));
  }

  /**
   * Builds a list again, of visible videos only; nothing waits for it. A build reads no visibility,
   * because that would cost a command per video. So this is for lists of which much is hidden.
   */
  void rebuild(long userId) {
    if (rebuilds.incrementAndGet() > MOST_REBUILDS) {
      rebuilds.decrementAndGet();
      return;
    }
    long number = builds.getAsLong();
    // The result is ignored. A later reader finds the hidden videos again, or builds the list.
    var unused =
        store
            .drop(userId)
            .thenCompose(dropped -> store.begin(userId, number, List.of()))
            .thenCompose(
                start ->
                    isWarmable(start) && start.tail().isMarker()
                        ? visible(start, Long.MAX_VALUE, new ArrayList<>(), ROUNDS)
                            .thenCompose(found -> finish(userId, start, found, number))
                        : CompletableFuture.completedFuture(false))
            .whenComplete((saved, failure) -> rebuilds.decrementAndGet());
  }

  /** Visible videos down to a floor. */
  private record Visible(List<FeedEntry> videos, long floor, boolean degraded) {}

  private CompletableFuture<Visible> visible(
      BuildStart start, long below, List<FeedEntry> found, int rounds) {
    return outboxes
        .complete(merge(start.following(), below))
        .thenCompose(
            merged ->
                videos
                    .of(merged.entries())
                    .thenCompose(
                        shown -> {
                          found.addAll(shown);
                          long floor = merged.floor();
                          boolean isEnd =
                              floor <= merged.horizon() || found.size() >= settings.maxEntries();
                          return isEnd || rounds == 1 || merged.isDegraded()
                              ? CompletableFuture.completedFuture(
                                  new Visible(found, floor, merged.isDegraded()))
                              : visible(start, floor, found, rounds - 1);
                        }));
  }

  private CompletableFuture<Boolean> finish(
      long userId, BuildStart start, Visible found, long number) {
    if (found.degraded()) {
      return CompletableFuture.completedFuture(false);
    }
    int surplus = found.videos().size() - settings.maxEntries();
    if (surplus <= 0) {
      return finish(userId, start, found.videos(), found.floor(), number);
    }
    List<FeedEntry> newest = found.videos().subList(0, settings.maxEntries());
    return finish(userId, start, newest, newest.get(newest.size() - 1).videoId(), number);
  }

  private OutboxMerge merge(Following following, long below) {
    return new OutboxMerge(
        following.followees(), below, settings.maxEntries(), settings.outboxEntries());
  }
}
