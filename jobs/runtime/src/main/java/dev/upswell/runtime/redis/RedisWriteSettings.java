package dev.upswell.runtime.redis;

import java.io.Serializable;
import java.time.Duration;

/**
 * Batching and retries of writes.
 *
 * @param maxInFlight maximum unacknowledged elements of a subtask; positive
 * @param batch maximum elements per pipeline; positive
 * @param retryFor retry time before the job fails; 0 for no retry
 */
public record RedisWriteSettings(int maxInFlight, int batch, Duration retryFor)
    implements Serializable {
  /** Checks the ranges. */
  public RedisWriteSettings {
    if (maxInFlight < 1) {
      throw new IllegalArgumentException("maxInFlight: " + maxInFlight + " (expected: 1 or more)");
    }
    if (batch < 1) {
      throw new IllegalArgumentException("batch: " + batch + " (expected: 1 or more)");
    }
    if (retryFor.isNegative()) {
      throw new IllegalArgumentException("retryFor: " + retryFor + " (expected: 0 or more)");
    }
  }
}
