package dev.upswell.feeds.store;

/**
 * Tells whether what a store was asked for is still so, without asking it again. Thread-safe.
 *
 * <p>A store that can tells on its own of each change.
 */
public interface Freshness {
  /** Of a store that tells nothing: nothing is known to hold. */
  Freshness NONE =
      new Freshness() {
        @Override
        public boolean isFreshAt(long nanos) {
          return false;
        }

        @Override
        public void end() {}
      };

  /**
   * Whether all of it was still so at a moment, as far as is known; false if that is not known.
   *
   * @param nanos by {@link System#nanoTime}
   */
  boolean isFreshAt(long nanos);

  /** Nobody will ask any more; from now on nothing is known to hold. */
  void end();
}
