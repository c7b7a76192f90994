package dev.upswell.api.protection;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Lets those who want the same at the same time share one computation. Thread-safe.
 *
 * <p>Nothing is kept once it has ended: who comes then gets it anew.
 */
final class SingleFlight {
  private final ConcurrentMap<Object, CompletableFuture<?>> flights = new ConcurrentHashMap<>();
  private final LongAdder shared = new LongAdder();

  /**
   * What the work answers, or the one under way with the same key.
   *
   * @param key compared by {@code equals}; whoever uses the same wants the same type
   * @param thread where those who share are told, as the other request may be served in the thread
   *     where it ends
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
    // Out of the table before anybody is told: who comes then gets it anew.
    Futures.passOn(Futures.by(work), () -> flights.remove(key, mine), mine);
    return mine;
  }

  /** How often somebody shared the computation of another. */
  long shared() {
    return shared.sum();
  }
}
