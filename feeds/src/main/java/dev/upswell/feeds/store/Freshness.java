package dev.upswell.feeds.store;

/**
 * Freshness of a value that was read from the store: whether its keys are unchanged, without a
 * request. Thread-safe.
 *
 * <p>A store with client tracking sends an invalidation for each change.
 */
public interface Freshness {
  /** Freshness without tracking: never fresh. */
  Freshness NONE =
      new Freshness() {
        @Override
        public boolean isFreshAt(long nanos) {
          return false;
        }

        @Override
        public void release() {}
      };

  /**
   * Returns whether all keys were unchanged at a time; false if unknown.
   *
   * @param nanos of {@link System#nanoTime}
   */
  boolean isFreshAt(long nanos);

  /** Releases the tracking. From then on the value is not fresh. */
  void release();
}
