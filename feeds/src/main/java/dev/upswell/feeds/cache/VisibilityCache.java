package dev.upswell.feeds.cache;

import dev.upswell.contract.Hash64;
import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.feeds.FeedReadOptions;
import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.store.Freshness;
import dev.upswell.feeds.store.VideoVisibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;

/**
 * Cache of the visibility of videos in one process. Thread-safe.
 *
 * <p>An entry is valid while its key is tracked and unchanged. Without tracking, a visible video is
 * cached for a short time, so that a video in many feeds is not queried by every page; a hidden one
 * is queried each time. The table has two slots per hash. A new entry replaces the older one, so
 * the table never grows and needs no lock.
 */
public final class VisibilityCache {
  private static final int SLOTS = 1 << 16;
  private static final int HASH_SHIFT = Long.SIZE - 16;
  private static final Entry NONE = new Entry(0, false, 0, Freshness.NONE);

  private final FeedStoreReader store;
  private final long nanosToLive;
  private final long maxLagNanos;
  private final LongSupplier nanoClock;
  private final AtomicReferenceArray<Entry> table = new AtomicReferenceArray<>(SLOTS);

  /** Visibility of a video, and the time of the query. */
  private record Entry(long videoId, boolean visible, long queriedAt, Freshness freshness) {}

  /** Creates an empty cache. */
  public VisibilityCache(FeedStoreReader store, FeedReadOptions reading, LongSupplier nanoClock) {
    this.store = store;
    this.nanosToLive = reading.visibilityTtl().toNanos();
    this.maxLagNanos = reading.invalidationMaxLag().toNanos();
    this.nanoClock = nanoClock;
    for (int i = 0; i < SLOTS; i++) {
      table.set(i, NONE);
    }
  }

  /** Returns the visible videos, in their order. */
  public CompletableFuture<List<FeedEntry>> of(List<FeedEntry> entries) {
    long now = nanoClock.getAsLong();
    List<FeedEntry> missing = new ArrayList<>(0);
    List<FeedEntry> shown = notCachedAsHidden(entries, now, missing);
    return missing.isEmpty()
        ? CompletableFuture.completedFuture(shown)
        : store.visible(missing).thenApply(loaded -> withoutHidden(shown, missing, loaded, now));
  }

  /** Returns the visible videos without a request; empty if one is necessary. */
  public Optional<List<FeedEntry>> cached(List<FeedEntry> entries) {
    List<FeedEntry> missing = new ArrayList<>(0);
    List<FeedEntry> shown = notCachedAsHidden(entries, nanoClock.getAsLong(), missing);
    return missing.isEmpty() ? Optional.of(shown) : Optional.empty();
  }

  /**
   * Returns the videos that are not cached as hidden. Each is looked up once, because entries may
   * be evicted in between.
   */
  private List<FeedEntry> notCachedAsHidden(
      List<FeedEntry> entries, long now, List<FeedEntry> missing) {
    List<FeedEntry> visible = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      FeedEntry entry = entries.get(i);
      Entry last = last(entry);
      boolean valid = isValid(last, entry, now);
      if (!valid) {
        missing.add(entry);
      }
      if (!valid || last.visible) {
        visible.add(entry);
      }
    }
    return visible;
  }

  /** Returns the cached entry of the slot, which may be of another video. */
  private Entry last(FeedEntry entry) {
    int slot = slot(entry.videoId());
    Entry first = table.get(slot);
    return first.videoId == entry.videoId() ? first : table.get(slot ^ 1);
  }

  private boolean isValid(Entry last, FeedEntry entry, long now) {
    if (last.videoId != entry.videoId()) {
      return false;
    }
    return last.freshness == Freshness.NONE
        ? last.visible && now - last.queriedAt < nanosToLive
        : last.freshness.isFreshAt(now - maxLagNanos);
  }

  /** Removes the hidden videos; both lists have the same order. */
  private List<FeedEntry> withoutHidden(
      List<FeedEntry> shown,
      List<FeedEntry> missing,
      List<VideoVisibility> loaded,
      long queriedAt) {
    List<FeedEntry> visible = new ArrayList<>(shown.size());
    int next = 0;
    for (FeedEntry entry : shown) {
      if (next == missing.size() || !missing.get(next).equals(entry)) {
        visible.add(entry);
        continue;
      }
      VideoVisibility video = loaded.get(next++);
      Freshness freshness = maxLagNanos > 0 ? video.freshness() : Freshness.NONE;
      put(new Entry(entry.videoId(), video.visible(), queriedAt, freshness));
      if (video.visible()) {
        visible.add(entry);
      }
    }
    return visible;
  }

  private void put(Entry entry) {
    if (entry.freshness == Freshness.NONE && !(entry.visible && nanosToLive > 0)) {
      return; // Never valid, so it would only take the slot of another video.
    }
    int slot = slot(entry.videoId);
    Entry first = table.get(slot);
    Entry second = table.get(slot ^ 1);
    boolean inFirst =
        first.videoId == entry.videoId
            || (second.videoId != entry.videoId && first.queriedAt - second.queriedAt < 0);
    table.getAndSet(inFirst ? slot : slot ^ 1, entry).freshness.release();
  }

  private static int slot(long videoId) {
    return (int) (Hash64.spread(videoId) >>> HASH_SHIFT);
  }
}
