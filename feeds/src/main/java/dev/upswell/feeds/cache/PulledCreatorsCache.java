package dev.upswell.feeds.cache;

import dev.upswell.feeds.store.FeedStoreReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Caches the pulled creators in one process. Thread-safe.
 *
 * <p>Entries are never older than the refresh time, counted from the query. The job relies on that
 * when it stops pushing. {@code docs/decisions/026-keep-the-cache-of-pulled-creators.md} says why
 * this is not a Caffeine cache.
 */
public final class PulledCreatorsCache {
  /** Maximum queries to a failing store within the refresh time. */
  private static final int TRIES = 8;

  private static final Loaded EMPTY = new Loaded(new long[0], 0, false);

  private final FeedStoreReader store;
  private final long refreshNanos;
  private final LongSupplier nanoClock;
  private final AtomicLong nextRefreshAt = new AtomicLong();
  private volatile Loaded loaded = EMPTY;

  /** Ascending ids, and the time of the query. */
  @SuppressWarnings("ArrayRecordComponent") // Read on every request: no copy, no boxing.
  private record Loaded(long[] creators, long queriedAt, boolean valid) {}

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
    Optional<long[]> cached = cached();
    if (cached.isPresent()) {
      return CompletableFuture.completedFuture(cached.get());
    }
    return load(nanoClock.getAsLong());
  }

  /**
   * Returns the cached creators; empty if they are too old. After half of the refresh time one
   * caller triggers a refresh, so that pages rarely wait for it.
   */
  public Optional<long[]> cached() {
    Loaded last = loaded;
    long now = nanoClock.getAsLong();
    if (!last.valid() || now - last.queriedAt() >= refreshNanos) {
      return Optional.empty();
    }
    long at = nextRefreshAt.get();
    if (now - at >= 0 && nextRefreshAt.compareAndSet(at, now + refreshNanos / TRIES)) {
      var unused = load(now);
    }
    return Optional.of(last.creators());
  }

  private CompletableFuture<long[]> load(long now) {
    return store.pulledCreators().thenApply(creators -> replace(creators, now));
  }

  private long[] replace(long[] creators, long queriedAt) {
    Loaded last = loaded;
    boolean same = last.valid() && Arrays.equals(last.creators(), creators);
    long[] shared = same ? last.creators() : creators;
    loaded = new Loaded(shared, queriedAt, true);
    nextRefreshAt.set(queriedAt + refreshNanos / 2);
    return shared;
  }

  /** Returns the pulled ones among followees; both arrays are ascending. */
  public static long[] among(long[] creators, long[] followees) {
    if (creators.length == 0) {
      return creators;
    }
    return Arrays.stream(followees).filter(id -> Arrays.binarySearch(creators, id) >= 0).toArray();
  }
}
