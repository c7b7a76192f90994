package dev.upswell.api.ratelimit;

import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;

/**
 * How many requests somebody may send: a bucket of tokens that refills evenly.
 *
 * @param name as headers have it: lower-case letters
 * @param burst requests that may come at once; 1 or more
 * @param perSecond requests a second in the long run; 0 for no limit at all
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

  /** Whether there is a limit. */
  boolean isLimited() {
    return perSecond > 0;
  }

  BucketConfiguration asBucket() {
    return BucketConfiguration.builder()
        .addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
        .build();
  }

  /** As an item of {@code RateLimit-Policy}: quota, and the seconds in which all of it refills. */
  String policy() {
    int window = Math.max(1, (burst + perSecond - 1) / Math.max(1, perSecond));
    return "\"" + name + "\";q=" + burst + ";w=" + window;
  }
}
