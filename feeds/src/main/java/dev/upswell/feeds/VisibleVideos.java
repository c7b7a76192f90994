package dev.upswell.feeds;

import dev.upswell.contract.redis.FeedEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;

/**
 * Which videos may be shown, as one process knows it. Thread-safe.
 *
 * <p>That one may be shown is remembered for a moment, so that a video in many feeds is not asked
 * for by every page; that one may not is asked for each time. A table with one place for each hash:
 * whoever comes later has it, so that it never grows and nobody waits for anybody.
 */
final class VisibleVideos {
  private static final int PLACES = 1 << 16;
  private static final int HASH_SHIFT = Long.SIZE - 16;
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;
  private static final Shown NONE = new Shown(0, 0);

  private final FeedReads store;
  private final long nanosToLive;
  private final LongSupplier nanoClock;
  private final AtomicReferenceArray<Shown> places = new AtomicReferenceArray<>(PLACES);

  /** A video, and when the store was asked for it. */
  private record Shown(long videoId, long askedAt) {}

  /**
   * Nothing yet.
   *
   * @param life how long an answer holds; zero for not at all
   */
  VisibleVideos(FeedReads store, Duration life, LongSupplier nanoClock) {
    this.store = store;
    this.nanosToLive = life.toNanos();
    this.nanoClock = nanoClock;
    for (int i = 0; i < PLACES; i++) {
      places.set(i, NONE);
    }
  }

  /** Whether each of the videos is known, not removed and not private; in the order asked. */
  CompletableFuture<boolean[]> of(List<FeedEntry> entries) {
    long now = nanoClock.getAsLong();
    boolean[] visible = new boolean[entries.size()];
    List<FeedEntry> asked = new ArrayList<>(0);
    for (int i = 0; i < visible.length; i++) {
      FeedEntry entry = entries.get(i);
      Shown last = places.get(place(entry.videoId()));
      visible[i] = last.videoId == entry.videoId() && now - last.askedAt < nanosToLive;
      if (!visible[i]) {
        asked.add(entry);
      }
    }
    if (asked.isEmpty()) {
      return CompletableFuture.completedFuture(visible);
    }
    return store.visible(asked).thenApply(answers -> filled(visible, asked, answers, now));
  }

  private boolean[] filled(boolean[] visible, List<FeedEntry> asked, boolean[] answers, long at) {
    int next = 0;
    for (int i = 0; i < visible.length; i++) {
      if (!visible[i]) {
        visible[i] = answers[next];
        if (answers[next] && nanosToLive > 0) {
          long videoId = asked.get(next).videoId();
          places.set(place(videoId), new Shown(videoId, at));
        }
        next++;
      }
    }
    return visible;
  }

  private static int place(long videoId) {
    return (int) ((videoId * GOLDEN_RATIO) >>> HASH_SHIFT);
  }
}
