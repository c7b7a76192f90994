package dev.upswell.feeds.cache;

import dev.upswell.feeds.store.FeedStoreReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Cache of the pulled creators in one process. Thread-safe.
 *
 * <p>Never older than the refresh time, on which the job relies when it stops pushing.
 */
public final class PulledCreatorsCache {
  /** Maximum requests to a failing store within the refresh time. */
  private static final int TRIES = 8;

  private static final Known NOTHING = new Known(new long[0], 0, false);

  private final FeedStoreReader store;
  private final long refreshNanos;
  private final LongSupplier nanoClock;
  private final AtomicLong askAheadAt = new AtomicLong();
  private volatile Known known = NOTHING;

  /** Ascending ids, and the time of the request. */
  @SuppressWarnings("ArrayRecordComponent") // Read on every request: no copy, no boxing.
  private record Known(long[] creators, long queriedAt, boolean asked) {}

  public PulledCreatorsCache(FeedStoreReader store, Duration refresh, LongSupplier nanoClock) {
    this.store = store;
    this.refreshNanos = refresh.toNanos();
    this.nanoClock = nanoClock;
  }

  /**
   * Returns all pulled creators, ascending, at most as old as the refresh time. The same array
   * while nothing changed.
   */
  public CompletableFuture<long[]> current() {
    Optional<long[]> atHand = cached();
    if (atHand.isPresent()) {
      return CompletableFuture.completedFuture(atHand.get());
    }
    return ask(nanoClock.getAsLong());
  }

  /**
   * Returns the cached creators; empty if they are too old. After half of the refresh time one
   * caller triggers a refresh, so that pages rarely wait for it.
   */
  public Optional<long[]> cached() {
    Known last = known;
    long now = nanoClock.getAsLong();
    if (!last.asked() || now - last.queriedAt() >= refreshNanos) {
      return Optional.empty();
    }
    long at = askAheadAt.get();
    if (now - at >= 0 && askAheadAt.compareAndSet(at, now + refreshNanos / TRIES)) {
      var unused = ask(now);
    }
    return Optional.of(last.creators());
  }

  private CompletableFuture<long[]> ask(long now) {
    return store.pulledCreators().thenApply(creators -> keep(creators, now));
  }

  private long[] keep(long[] creators, long queriedAt) {
    Known last = known;
    boolean same = last.asked() && Arrays.equals(last.creators(), creators);
    long[] kept = same ? last.creators() : creators;
    known = new Known(kept, queriedAt, true);
    askAheadAt.set(queriedAt + refreshNanos / 2);
    return kept;
  }

  /** Returns the pulled ones among followees; both arrays are ascending. */
  public static long[] among(long[] creators, long[] followees) {
    if (creators.length == 0) {
      return creators;
    }
    return Arrays.stream(followees).filter(id -> Arrays.binarySearch(creators, id) >= 0).toArray();
  }
}
