package dev.upswell.api.protection;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Shares the result of identical concurrent computations. Thread-safe.
 *
 * <p>Nothing is cached after the end of a computation.
 */
final class SingleFlight {
  private final ConcurrentMap<Object, CompletableFuture<?>> flights = new ConcurrentHashMap<>();
  private final LongAdder shared = new LongAdder();

  /**
   * Runs work, or joins the running one with the same key.
   *
   * @param key compared by {@code equals}; equal keys must have equal result types
   * @param thread completes joined calls, because the work may complete in another request's thread
   */
  @SuppressWarnings("unchecked") // As the key's users agree on a type.
  <T> CompletableFuture<T> run(Object key, Executor thread, Supplier<CompletableFuture<T>> work) {
    CompletableFuture<T> mine = new CompletableFuture<>();
    CompletableFuture<?> other = flights.putIfAbsent(key, mine);
    if (other != null) {
      shared.increment();
      return ((CompletableFuture<T>) other)
          .whenCompleteAsync((answer, failure) -> {}, task -> Futures.in(thread, task));
    }
    // Removed from the table before the completion, so that later calls start again.
    Futures.passOn(Futures.by(work), () -> flights.remove(key, mine), mine);
    return mine;
  }

  /** Returns the number of joined calls. */
  long shared() {
    return shared.sum();
  }
}
