package dev.upswell.api.protection;

import java.time.Duration;

/**
 * Limits of concurrency.
 *
 * @param maxConcurrent maximum concurrent computations; 1 or more
 * @param queue maximum queued computations; 0 or more
 * @param maxWait maximum time in the queue; positive
 */
public record ConcurrencySettings(int maxConcurrent, int queue, Duration maxWait) {
  /** Checks the ranges. */
  public ConcurrencySettings {
    if (maxConcurrent < 1) {
      throw new IllegalArgumentException(
          "maxConcurrent: " + maxConcurrent + " (expected: 1 or more)");
    }
    if (queue < 0) {
      throw new IllegalArgumentException("queue: " + queue + " (expected: 0 or more)");
    }
    if (maxWait.isNegative() || maxWait.isZero()) {
      throw new IllegalArgumentException("maxWait: " + maxWait + " (expected: more than 0)");
    }
  }
}
