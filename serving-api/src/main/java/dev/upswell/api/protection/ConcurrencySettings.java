package dev.upswell.api.protection;

import java.time.Duration;

/**
 * Limits of concurrency.
 *
 * @param atOnce maximum concurrent computations; 1 or more
 * @param queue maximum queued computations; 0 or more
 * @param patience maximum time in the queue; positive
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
