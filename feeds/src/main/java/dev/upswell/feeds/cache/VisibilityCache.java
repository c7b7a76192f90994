package dev.upswell.feeds.cache;

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
 * Which videos may be shown, as one process knows it. Thread-safe.
 *
 * <p>An answer is remembered as long as it is watched and holds. Where it is not watched, that a
 * video may be shown is remembered for a moment, so that a video in many feeds is not asked for by
 * every page; that it may not is asked for each time. A table with two places for each hash:
 * whoever comes later has that of whom was asked for earlier, so that it never grows and nobody
 * waits for anybody.
 */
public final class VisibilityCache {
  private static final int PLACES = 1 << 16;
  private static final int HASH_SHIFT = Long.SIZE - 16;
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
  private static final Answer NONE = new Answer(0, false, 0, Freshness.NONE);

  private final FeedStoreReader store;
  private final long nanosToLive;
  private final long trustNanos;
  private final LongSupplier nanoClock;
  private final AtomicReferenceArray<Answer> places = new AtomicReferenceArray<>(PLACES);

  /** What the store said of a video, and when it was asked. */
  private record Answer(long videoId, boolean visible, long askedAt, Freshness watch) {}

  /** Nothing yet. */
  public VisibilityCache(FeedStoreReader store, FeedReadSettings reading, LongSupplier nanoClock) {
    this.store = store;
    this.nanosToLive = reading.visibleFor().toNanos();
    this.trustNanos = reading.trustFor().toNanos();
    this.nanoClock = nanoClock;
    for (int i = 0; i < PLACES; i++) {
      places.set(i, NONE);
    }
  }

  /** Those of the videos that may be shown, in their order. */
  public CompletableFuture<List<FeedEntry>> of(List<FeedEntry> entries) {
    long now = nanoClock.getAsLong();
    List<FeedEntry> asked = new ArrayList<>(0);
    List<FeedEntry> shown = notHidden(entries, now, asked);
    return asked.isEmpty()
        ? CompletableFuture.completedFuture(shown)
        : store.visible(asked).thenApply(answers -> without(shown, asked, answers, now));
  }

  /** The same without asking the store; empty if it has to be asked. */
  public Optional<List<FeedEntry>> cached(List<FeedEntry> entries) {
    List<FeedEntry> asked = new ArrayList<>(0);
    List<FeedEntry> shown = notHidden(entries, nanoClock.getAsLong(), asked);
    return asked.isEmpty() ? Optional.of(shown) : Optional.empty();
  }

  /** Those of which it is not known that they are hidden; each is looked up once, as it may go. */
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

  /** What is remembered of a video, or of another. */
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
        ? last.visible && now - last.askedAt < nanosToLive
        : last.watch.isFreshAt(now - trustNanos);
  }

  /** Takes those out that must not be shown; both lists have the same order. */
  private List<FeedEntry> without(
      List<FeedEntry> shown, List<FeedEntry> asked, List<VideoVisibility> answers, long askedAt) {
    List<FeedEntry> left = new ArrayList<>(shown.size());
    int next = 0;
    for (FeedEntry entry : shown) {
      if (next == asked.size() || !asked.get(next).equals(entry)) {
        left.add(entry);
        continue;
      }
      VideoVisibility answer = answers.get(next++);
      Freshness watch = trustNanos > 0 ? answer.watch() : Freshness.NONE;
      keep(new Answer(entry.videoId(), answer.visible(), askedAt, watch));
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
            || (second.videoId != answer.videoId && first.askedAt - second.askedAt < 0);
    places.getAndSet(inFirst ? place : place ^ 1, answer).watch.end();
  }

  private static int place(long videoId) {
    return (int) ((videoId * GOLDEN_RATIO) >>> HASH_SHIFT);
  }
}
