package dev.upswell.api.protection;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
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
   */
  @SuppressWarnings("unchecked") // As the key's users agree on a type.
  <T> CompletableFuture<T> run(Object key, Supplier<CompletableFuture<T>> work) {
    CompletableFuture<T> mine = new CompletableFuture<>();
    CompletableFuture<?> other = flights.putIfAbsent(key, mine);
    if (other != null) {
      shared.increment();
      return (CompletableFuture<T>) other;
    }
    // Out of the table before anybody is told: who comes then gets it anew.
    Started.passOn(Started.by(work), () -> flights.remove(key, mine), mine);
    return mine;
  }

  /** How often somebody shared the computation of another. */
  long shared() {
    return shared.sum();
  }
}
