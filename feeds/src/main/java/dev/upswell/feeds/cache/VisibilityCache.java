package dev.upswell.feeds.cache;

import dev.upswell.contract.Hash64;
import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.feeds.FeedReadOptions;
import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.store.Freshness;
import dev.upswell.feeds.store.VideoVisibility;
import java.util.ArrayList;
import java.util.Arrays;
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
 * is queried each time, and cached only for {@link #isKnownAsHidden}. The table has two slots per
 * hash. A new entry replaces the older one, so the table never grows and needs no lock.
 */
public final class VisibilityCache {
  private static final int SLOTS = 1 << 16;
  private static final int HASH_SHIFT = Long.SIZE - 16;
  private static final Entry NONE = new Entry(0, VideoVisibility.HIDDEN, 0);

  private final FeedStoreReader store;
  private final long nanosToLive;
  private final long maxLagNanos;
  private final LongSupplier nanoClock;
  private final AtomicReferenceArray<Entry> table = new AtomicReferenceArray<>(SLOTS);

  /** Visibility of a video, and the time of the query. */
  private record Entry(long videoId, VideoVisibility video, long queriedAt) {
    boolean isVisible() {
      return video.isVisibleToFollowers();
    }

    Freshness freshness() {
      return video.freshness();
    }
  }

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

  // ---- Videos of feeds: readers follow the creators

  /** Returns the videos that followers of their creators may see, in their order. */
  public CompletableFuture<List<FeedEntry>> of(List<FeedEntry> entries) {
    long now = nanoClock.getAsLong();
    List<FeedEntry> missing = new ArrayList<>(0);
    List<FeedEntry> shown = notCachedAsHidden(entries, now, missing);
    if (missing.isEmpty()) {
      return CompletableFuture.completedFuture(shown);
    }
    long[] ids = missing.stream().mapToLong(FeedEntry::videoId).toArray();
    return store.visibilities(ids).thenApply(loaded -> withoutHidden(shown, missing, loaded, now));
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
      Entry last = last(entry.videoId());
      boolean valid = isValid(last, entry.videoId(), now);
      if (!valid) {
        missing.add(entry);
      }
      if (!valid || last.video.isVisibleToFollowersOf(entry.creatorId())) {
        visible.add(entry);
      }
    }
    return visible;
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
      put(entry.videoId(), video, queriedAt);
      if (video.isVisibleToFollowersOf(entry.creatorId())) {
        visible.add(entry);
      }
    }
    return visible;
  }

  // ---- Any videos

  /** Returns the visibility of videos, in the order of the request. */
  public CompletableFuture<List<VideoVisibility>> of(long[] videoIds) {
    long now = nanoClock.getAsLong();
    VideoVisibility[] found = new VideoVisibility[videoIds.length];
    Arrays.fill(found, VideoVisibility.HIDDEN);
    int[] missing = new int[videoIds.length];
    int missed = 0;
    for (int i = 0; i < videoIds.length; i++) {
      Entry last = last(videoIds[i]);
      if (isValid(last, videoIds[i], now)) {
        found[i] = last.video;
      } else {
        missing[missed++] = i;
      }
    }
    if (missed == 0) {
      return CompletableFuture.completedFuture(List.of(found));
    }
    int[] places = Arrays.copyOf(missing, missed);
    return store
        .visibilities(Arrays.stream(places).mapToLong(i -> videoIds[i]).toArray())
        .thenApply(
            loaded -> {
              for (int i = 0; i < places.length; i++) {
                found[places[i]] = loaded.get(i);
                put(videoIds[places[i]], loaded.get(i), now);
              }
              return List.of(found);
            });
  }

  // ---- Outages

  /** Handles that a video has changed; its visibility is not known until the next query. */
  public void changed(long videoId) {
    hide(videoId);
  }

  /** Handles that another read has found a video to be hidden. */
  public void foundHidden(long videoId) {
    Entry last = last(videoId);
    if (last.videoId != videoId || last.isVisible()) {
      hide(videoId);
    }
  }

  private void hide(long videoId) {
    put(videoId, VideoVisibility.HIDDEN, nanoClock.getAsLong());
  }

  /**
   * Returns whether the last answer about a video was that it is hidden, or whether it has changed
   * since. For pages that are served while the store does not answer.
   */
  public boolean isKnownAsHidden(long videoId) {
    Entry last = last(videoId);
    return last.videoId == videoId && !last.isVisible();
  }

  // ---- Table

  /** Returns the cached entry of the slot, which may be of another video. */
  private Entry last(long videoId) {
    int slot = slot(videoId);
    Entry first = table.get(slot);
    return first.videoId == videoId ? first : table.get(slot ^ 1);
  }

  private boolean isValid(Entry last, long videoId, long now) {
    if (last.videoId != videoId) {
      return false;
    }
    if (last.freshness() == Freshness.NONE || maxLagNanos == 0) {
      return last.isVisible() && now - last.queriedAt < nanosToLive;
    }
    return last.freshness().isFreshAt(now - maxLagNanos);
  }

  private void put(long videoId, VideoVisibility video, long queriedAt) {
    int slot = slot(videoId);
    Entry first = table.get(slot);
    Entry second = table.get(slot ^ 1);
    boolean isFirst = first.videoId == videoId;
    Entry same = isFirst ? first : second;
    if (same.videoId == videoId && same.queriedAt - queriedAt > 0) {
      // The answer to an earlier query arrived later.
      video.freshness().release();
      return;
    }
    boolean inFirst =
        isFirst || (second.videoId != videoId && first.queriedAt - second.queriedAt < 0);
    table
        .getAndSet(inFirst ? slot : slot ^ 1, new Entry(videoId, video, queriedAt))
        .freshness()
        .release();
  }

  private static int slot(long videoId) {
    return (int) (Hash64.spread(videoId) >>> HASH_SHIFT);
  }
}
