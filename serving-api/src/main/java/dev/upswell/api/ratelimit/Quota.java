package dev.upswell.api.ratelimit;

import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;

/**
 * Token bucket that refills evenly.
 *
 * @param name name in headers: lower-case letters
 * @param burst size of the bucket; 1 or more
 * @param perSecond refill rate per second; 0 for no limit
 */
public record Quota(String name, int burst, int perSecond) {
  /** Checks the ranges. */
  public Quota {
    if (burst < 1) {
      throw new IllegalArgumentException(name + ".burst: " + burst + " (expected: 1 or more)");
    }
    if (perSecond < 0) {
      throw new IllegalArgumentException(
          name + ".per-second: " + perSecond + " (expected: 0 or more)");
    }
  }

  /** Returns whether there is a limit. */
  boolean isLimited() {
    return perSecond > 0;
  }

  BucketConfiguration asBucket() {
    return BucketConfiguration.builder()
        .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
        .build();
  }

  /** Returns the item of {@code RateLimit-Policy}: size, and seconds of a full refill. */
  String policy() {
    int window = Math.max(1, (burst + perSecond - 1) / Math.max(1, perSecond));
    return "\"" + name + "\";q=" + burst + ";w=" + window;
  }
}
