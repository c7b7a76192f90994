package dev.upswell.feeds.outbox;

import dev.upswell.feeds.page.FeedClock;
import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.store.OutboxRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads the pages of merges in rounds until a timeout. Thread-safe. */
public final class OutboxReader {
  /** Requests per batch, a few milliseconds of Redis. The timeout is checked after each batch. */
  private static final int AT_ONCE = 1_000;

  private final FeedStoreReader store;
  private final FeedClock clock;
  private final long timeoutNanos;

  public OutboxReader(FeedStoreReader store, FeedClock clock, Duration readTimeout) {
    this.store = store;
    this.clock = clock;
    this.timeoutNanos = readTimeout.toNanos();
  }

  /** Reads until the merge is complete or its timeout makes it degraded. */
  public CompletableFuture<OutboxMerge> complete(OutboxMerge merge) {
    return read(merge, 0, clock.nanos());
  }

  private CompletableFuture<OutboxMerge> read(OutboxMerge merge, int from, long startNanos) {
    List<OutboxRequest> missing = merge.missing();
    if (missing.isEmpty()) {
      return CompletableFuture.completedFuture(merge);
    }
    if (clock.nanos() - startNanos > timeoutNanos) {
      merge.giveUp();
      return CompletableFuture.completedFuture(merge);
    }
    int to = Math.min(missing.size(), from + AT_ONCE);
    return store
        .outboxes(missing.subList(from, to))
        .thenCompose(
            pages -> {
              pages.forEach(merge::add);
              // After the last batch of a round, the merge returns the requests of the next round.
              return read(merge, to == missing.size() ? 0 : to, startNanos);
            });
  }
}
