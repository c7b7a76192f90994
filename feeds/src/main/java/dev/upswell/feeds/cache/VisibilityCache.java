package dev.upswell.feeds.cache;

import dev.upswell.contract.Hash64;
import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.feeds.FeedReadSettings;
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
 * is queried each time. The table has two places per hash. A new entry replaces the older one, so
 * the table never grows and needs no lock.
 */
public final class VisibilityCache {
  private static final int PLACES = 1 << 16;
  private static final int HASH_SHIFT = Long.SIZE - 16;
  private static final Answer NONE = new Answer(0, false, 0, Freshness.NONE);

  private final FeedStoreReader store;
  private final long nanosToLive;
  private final long trustNanos;
  private final LongSupplier nanoClock;
  private final AtomicReferenceArray<Answer> places = new AtomicReferenceArray<>(PLACES);

  /** Visibility of a video, and the time of the query. */
  private record Answer(long videoId, boolean visible, long queriedAt, Freshness watch) {}

  /** Nothing yet. */
  public VisibilityCache(FeedStoreReader store, FeedReadSettings reading, LongSupplier nanoClock) {
    this.store = store;
    this.nanosToLive = reading.visibilityTtl().toNanos();
    this.trustNanos = reading.invalidationMaxLag().toNanos();
    this.nanoClock = nanoClock;
    for (int i = 0; i < PLACES; i++) {
      places.set(i, NONE);
    }
  }

  /** Returns the visible videos, in their order. */
  public CompletableFuture<List<FeedEntry>> of(List<FeedEntry> entries) {
    long now = nanoClock.getAsLong();
    List<FeedEntry> asked = new ArrayList<>(0);
    List<FeedEntry> shown = notHidden(entries, now, asked);
    return asked.isEmpty()
        ? CompletableFuture.completedFuture(shown)
        : store.visible(asked).thenApply(answers -> without(shown, asked, answers, now));
  }

  /** Returns the visible videos without a request; empty if one is necessary. */
  public Optional<List<FeedEntry>> cached(List<FeedEntry> entries) {
    List<FeedEntry> asked = new ArrayList<>(0);
    List<FeedEntry> shown = notHidden(entries, nanoClock.getAsLong(), asked);
    return asked.isEmpty() ? Optional.of(shown) : Optional.empty();
  }

  /**
   * Returns the videos that are not cached as hidden. Each is looked up once, because entries may
   * be evicted in between.
   */
  private List<FeedEntry> notHidden(List<FeedEntry> entries, long now, List<FeedEntry> unknown) {
    List<FeedEntry> left = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      FeedEntry entry = entries.get(i);
      Answer last = last(entry);
      boolean known = isKnown(last, entry, now);
      if (!known) {
        unknown.add(entry);
      }
      if (!known || last.visible) {
        left.add(entry);
      }
    }
    return left;
  }

  /** Returns the cached entry of the place, which may be of another video. */
  private Answer last(FeedEntry entry) {
    int place = place(entry.videoId());
    Answer first = places.get(place);
    return first.videoId == entry.videoId() ? first : places.get(place ^ 1);
  }

  private boolean isKnown(Answer last, FeedEntry entry, long now) {
    if (last.videoId != entry.videoId()) {
      return false;
    }
    return last.watch == Freshness.NONE
        ? last.visible && now - last.queriedAt < nanosToLive
        : last.watch.isFreshAt(now - trustNanos);
  }

  /** Removes the hidden videos; both lists have the same order. */
  private List<FeedEntry> without(
      List<FeedEntry> shown, List<FeedEntry> asked, List<VideoVisibility> answers, long queriedAt) {
    List<FeedEntry> left = new ArrayList<>(shown.size());
    int next = 0;
    for (FeedEntry entry : shown) {
      if (next == asked.size() || !asked.get(next).equals(entry)) {
        left.add(entry);
        continue;
      }
      VideoVisibility answer = answers.get(next++);
      Freshness watch = trustNanos > 0 ? answer.watch() : Freshness.NONE;
      keep(new Answer(entry.videoId(), answer.visible(), queriedAt, watch));
      if (answer.visible()) {
        left.add(entry);
      }
    }
    return left;
  }

  private void keep(Answer answer) {
    if (answer.watch == Freshness.NONE && !(answer.visible && nanosToLive > 0)) {
      return; // It is asked for the next time, and would have the place of another.
    }
    int place = place(answer.videoId);
    Answer first = places.get(place);
    Answer second = places.get(place ^ 1);
    boolean inFirst =
        first.videoId == answer.videoId
            || (second.videoId != answer.videoId && first.queriedAt - second.queriedAt < 0);
    places.getAndSet(inFirst ? place : place ^ 1, answer).watch.end();
  }

  private static int place(long videoId) {
    return (int) (Hash64.spread(videoId) >>> HASH_SHIFT);
  }
}
