package dev.upswell.feeds;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Which creators' videos are not pushed, as one process knows it. Thread-safe.
 *
 * <p>Never older than the refresh time when it is given out: the job counts on it when it stops
 * pushing.
 */
final class PulledCreators {
  private static final Known NOTHING = new Known(new long[0], 0, false);

  private final FeedReads store;
  private final long refreshNanos;
  private final LongSupplier nanoClock;
  private volatile Known known = NOTHING;

  /** Ascending ids, and when they were asked for. */
  @SuppressWarnings("ArrayRecordComponent") // Read on every request: no copy, no boxing.
  private record Known(long[] creators, long askedAt, boolean asked) {}

  PulledCreators(FeedReads store, Duration refresh, LongSupplier nanoClock) {
    this.store = store;
    this.refreshNanos = refresh.toNanos();
    this.nanoClock = nanoClock;
  }

  /**
   * All of them, ascending, as they were at most the refresh time ago. The same array as long as
   * nobody came or went.
   */
  CompletableFuture<long[]> current() {
    Optional<long[]> atHand = atHand();
    if (atHand.isPresent()) {
      return CompletableFuture.completedFuture(atHand.get());
    }
    long now = nanoClock.getAsLong();
    return store.pulledCreators().thenApply(creators -> keep(creators, now));
  }

  /** The same without asking the store; empty if it has to be asked. */
  Optional<long[]> atHand() {
    Known last = known;
    return last.asked() && nanoClock.getAsLong() - last.askedAt() < refreshNanos
        ? Optional.of(last.creators())
        : Optional.empty();
  }

  private long[] keep(long[] creators, long askedAt) {
    Known last = known;
    boolean same = last.asked() && Arrays.equals(last.creators(), creators);
    long[] kept = same ? last.creators() : creators;
    known = new Known(kept, askedAt, true);
    return kept;
  }

  /** Those of the followees who are pulled; both are ascending. */
  static long[] among(long[] creators, long[] followees) {
    if (creators.length == 0) {
      return creators;
    }
    return Arrays.stream(followees).filter(id -> Arrays.binarySearch(creators, id) >= 0).toArray();
  }
}
