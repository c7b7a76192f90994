package dev.upswell.views.combine;

import java.util.function.Consumer;

/**
 * Adds up elements that belong together, in memory.
 *
 * @param <I> what is added; may be an object that is filled again, so it must not be kept
 * @param <O> what it adds up to
 */
public interface Combiner<I, O> {
  /** Adds an element. */
  void add(I element);

  /** Whether it must be cleared before more is added. */
  boolean isFull();

  /** Gives out all sums, and keeps them. */
  void forEach(Consumer<O> into);

  /** Forgets all sums. */
  void clear();
}
