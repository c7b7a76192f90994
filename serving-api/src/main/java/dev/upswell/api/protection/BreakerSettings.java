package dev.upswell.api.protection;

import java.time.Duration;

/**
 * Settings of a circuit breaker.
 *
 * @param failures number of failures within the window that open it; 1 or more
 * @param window time in which failures are counted, regardless of successes
 * @param open time for which it rejects all calls
 * @param probes concurrent calls of the half-open state, which must all succeed to close it; 1 or
 *     more
 */
public record BreakerSettings(int failures, Duration window, Duration open, int probes) {
  /** Checks the ranges. */
  public BreakerSettings {
    if (failures < 1) {
      throw new IllegalArgumentException("failures: " + failures + " (expected: 1 or more)");
    }
    if (probes < 1) {
      throw new IllegalArgumentException("probes: " + probes + " (expected: 1 or more)");
    }
    if (window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException("window: " + window + " (expected: more than 0)");
    }
    if (open.isNegative() || open.isZero()) {
      throw new IllegalArgumentException("open: " + open + " (expected: more than 0)");
    }
  }
}
