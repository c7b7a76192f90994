package dev.upswell.api.protection;

import java.time.Duration;

/**
 * When a breaker opens and closes.
 *
 * @param failures so many within the window open it; 1 or more
 * @param window of time that failures are counted in, however many successes there are
 * @param open how long nobody is let through
 * @param probes how many are then let through at a time, and have to succeed for it to close; 1 or
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
