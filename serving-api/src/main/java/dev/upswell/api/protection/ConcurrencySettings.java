package dev.upswell.api.protection;

import java.time.Duration;

/**
 * How much is done at a time.
 *
 * @param atOnce computations at a time; 1 or more
 * @param queue how many may wait for their turn; 0 or more
 * @param patience how long one may wait for its turn; positive
 */
public record ConcurrencySettings(int atOnce, int queue, Duration patience) {
  /** Checks the ranges. */
  public ConcurrencySettings {
    if (atOnce < 1) {
      throw new IllegalArgumentException("atOnce: " + atOnce + " (expected: 1 or more)");
    }
    if (queue < 0) {
      throw new IllegalArgumentException("queue: " + queue + " (expected: 0 or more)");
    }
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("patience: " + patience + " (expected: more than 0)");
    }
  }
}
