package dev.upswell.runtime.redis;

import java.time.Duration;

/**
 * How long writes have been failing, and how long to wait before they are repeated: twice as long
 * each time, from 50 ms to 2 s.
 *
 * @param since epoch milliseconds of the first failure; 0 if there was none
 * @param backoff before the next attempt
 */
public record RetryBackoff(long since, Duration backoff) {
  /** Nothing has failed. */
  public static final RetryBackoff NONE = new RetryBackoff(0, Duration.ofMillis(50));

  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(2);

  /** Whether something has failed. */
  public boolean hasBegun() {
    return since != 0;
  }

  /** The same after one failure more. */
  public RetryBackoff goesOn(long now) {
    Duration doubled = backoff.multipliedBy(2);
    return new RetryBackoff(
        hasBegun() ? since : now,
        doubled.compareTo(LONGEST_BACKOFF) < 0 ? doubled : LONGEST_BACKOFF);
  }

  /** Whether it has begun and lasts at least so long. */
  public boolean lasts(Duration time, long now) {
    return hasBegun() && now - since >= time.toMillis();
  }
}
