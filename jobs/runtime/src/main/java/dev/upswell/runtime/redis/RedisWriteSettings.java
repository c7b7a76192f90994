package dev.upswell.runtime.redis;

import java.io.Serializable;
import java.time.Duration;

/**
 * How writes are batched and repeated.
 *
 * @param maxInFlight elements that a subtask may have taken and not written; positive
 * @param batch elements whose commands are sent in one go; positive
 * @param retryFor how long failed writes are repeated before the job fails; 0 for not at all
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
