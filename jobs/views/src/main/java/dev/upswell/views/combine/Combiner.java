package dev.upswell.views.combine;

import java.util.function.Consumer;

/**
 * Combines elements of one key in memory.
 *
 * @param <I> input; may be a reused object, so it must not be stored
 * @param <O> combined output
 */
public interface Combiner<I, O> {
  /** Adds an element. */
  void add(I element);

  /** Returns whether the table must be cleared before the next element. */
  boolean isFull();

  /** Passes all sums to a consumer, and keeps them. */
  void forEach(Consumer<O> into);

  /** Forgets all sums. */
  void clear();
}
