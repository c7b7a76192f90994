package dev.upswell.feeds;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.FeedPage.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Reads a user's feed page by page, and builds it where there is none. Thread-safe.
 *
 * <p>Three ways lead to a page. A <em>warm</em> list is complete down to its floor and is served as
 * it is. A user whom all audiences know but who has no list gets one: a marker is put in its place
 * first, so that pushes land; then the outboxes are read; then what they hold is put behind those
 * pushes, if the marker is still there. Everybody else, and whatever lies below a floor, is
 * computed from the outboxes and not kept.
 *
 * <p>Nothing is shown of a creator who is not followed now, nor a video that is unknown or removed.
 */
public final class FeedReader {
  /** Builds that follow one another because the user kept following people meanwhile. */
  private static final int ATTEMPTS = 3;

  private final FeedReads store;
  private final FeedSettings settings;
  private final LongSupplier builders;

  /**
   * Creates a reader.
   *
   * @param builders numbers that tell builds apart, also those of other readers
   */
  public FeedReader(FeedReads store, FeedSettings settings, LongSupplier builders) {
    this.store = store;
    this.settings = settings;
    this.builders = builders;
  }

  /**
   * Reads a page.
   *
   * @param limit most videos on it; positive
   * @param below only videos with smaller ids; {@link Long#MAX_VALUE} for the first page
   * @return fails when the store does
   */
  public CompletableFuture<FeedPage> read(long userId, int limit, long below) {
    return store
        .snapshot(userId)
        .thenCompose(
            snapshot -> {
              if (snapshot.following().followees().length == 0) {
                return CompletableFuture.completedFuture(
                    new FeedPage(List.of(), OptionalLong.empty(), Source.COMPUTED));
              }
              if (snapshot.isWarm()) {
                return warm(userId, snapshot, limit, below);
              }
              if (snapshot.isWarmable() && below == Long.MAX_VALUE) {
                return build(userId, snapshot.following(), limit, ATTEMPTS);
              }
              return compute(snapshot.following(), limit, below);
            });
  }

  private CompletableFuture<FeedPage> warm(
      long userId, FeedSnapshot snapshot, int limit, long below) {
    FeedWindow window = new FeedWindow(snapshot.list(), settings.maxEntries());
    if (snapshot.list().size() > settings.compactAbove()) {
      // Nobody waits for it, and a list that changed meanwhile is compacted by a later reader.
      var unused = store.compact(userId, snapshot.list(), window.compacted());
    }
    List<FeedEntry> found = window.newest(snapshot.following(), below, limit + 1);
    if (found.size() > limit) {
      List<FeedEntry> page = found.subList(0, limit);
      return page(page, OptionalLong.of(page.get(limit - 1).videoId()), Source.WARM);
    }
    if (window.floor() == 0) {
      return page(found, OptionalLong.empty(), Source.WARM);
    }
    if (found.isEmpty()) {
      return compute(snapshot.following(), limit, Math.min(below, window.floor()));
    }
    return page(found, OptionalLong.of(window.floor()), Source.WARM);
  }

  private CompletableFuture<FeedPage> build(
      long userId, Following following, int limit, int attempts) {
    OutboxMerge merge = merge(following, settings.maxEntries(), Long.MAX_VALUE);
    return store
        .begin(userId, builders.getAsLong(), merge.missing())
        .thenCompose(
            start -> {
              boolean known = start.warmEpoch() == start.following().epoch();
              boolean same = Arrays.equals(start.following().followees(), following.followees());
              if (known && !same && attempts > 1) {
                return build(userId, start.following(), limit, attempts - 1);
              }
              if (!known || !same || !start.tail().isMarker()) {
                return compute(start.following(), limit, Long.MAX_VALUE);
              }
              start.slices().forEach(merge::add);
              return complete(merge)
                  .thenCompose(done -> keepAndShow(userId, start.tail(), done, limit));
            });
  }

  /** Keeps what a build found; it is right even if a later event made it useless to keep. */
  private CompletableFuture<FeedPage> keepAndShow(
      long userId, FeedEntry marker, OutboxMerge merged, int limit) {
    List<FeedEntry> entries = new ArrayList<>(merged.entries());
    if (merged.reachedBottom()) {
      entries.add(FeedEntry.END);
    }
    CompletableFuture<Boolean> kept = store.finish(userId, marker, entries);
    return firstPage(entries, limit).thenCombine(kept, (page, done) -> page);
  }

  private CompletableFuture<FeedPage> firstPage(List<FeedEntry> built, int limit) {
    boolean bottom = built.get(built.size() - 1).equals(FeedEntry.END);
    List<FeedEntry> videos = bottom ? built.subList(0, built.size() - 1) : built;
    if (bottom && videos.size() <= limit) {
      return page(videos, OptionalLong.empty(), Source.COMPUTED);
    }
    List<FeedEntry> page = videos.subList(0, Math.min(limit, videos.size()));
    return page(page, OptionalLong.of(page.get(page.size() - 1).videoId()), Source.COMPUTED);
  }

  private CompletableFuture<FeedPage> compute(Following following, int limit, long below) {
    return complete(merge(following, limit + 1, below))
        .thenCompose(
            merged -> {
              List<FeedEntry> found = merged.entries();
              if (found.size() <= limit) {
                return page(found, OptionalLong.empty(), Source.COMPUTED);
              }
              List<FeedEntry> page = found.subList(0, limit);
              return page(page, OptionalLong.of(page.get(limit - 1).videoId()), Source.COMPUTED);
            });
  }

  private OutboxMerge merge(Following following, int wanted, long below) {
    return new OutboxMerge(following.followees(), below, wanted, settings.outboxEntries());
  }

  private CompletableFuture<OutboxMerge> complete(OutboxMerge merge) {
    if (merge.missing().isEmpty()) {
      return CompletableFuture.completedFuture(merge);
    }
    return store
        .outboxes(merge.missing())
        .thenCompose(
            slices -> {
              slices.forEach(merge::add);
              return complete(merge);
            });
  }

  private CompletableFuture<FeedPage> page(
      List<FeedEntry> entries, OptionalLong next, Source source) {
    if (entries.isEmpty()) {
      return CompletableFuture.completedFuture(new FeedPage(entries, next, source));
    }
    return store
        .visible(entries)
        .thenApply(
            visible -> {
              List<FeedEntry> shown = new ArrayList<>(entries.size());
              for (int i = 0; i < visible.length; i++) {
                if (visible[i]) {
                  shown.add(entries.get(i));
                }
              }
              return new FeedPage(shown, next, source);
            });
  }
}
