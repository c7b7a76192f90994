package dev.upswell.runtime.redis;

import java.time.Duration;

/**
 * Duration of a failure and delay of the next retry, which doubles from 50 ms to 2 s.
 *
 * @param since epoch milliseconds of the first failure; 0 for none
 * @param backoff delay before the next attempt
 */
public record RetryBackoff(long since, Duration backoff) {
  /** Nothing has failed. */
  public static final RetryBackoff NONE = new RetryBackoff(0, Duration.ofMillis(50));

  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(2);

  /** Returns whether a write has failed. */
  public boolean isFailing() {
    return since != 0;
  }

  /** The same after one failure more. */
  public RetryBackoff next(long now) {
    Duration doubled = backoff.multipliedBy(2);
    return new RetryBackoff(
        isFailing() ? since : now,
        doubled.compareTo(LONGEST_BACKOFF) < 0 ? doubled : LONGEST_BACKOFF);
  }

  /** Returns whether the failure has lasted for a time. */
  public boolean lasts(Duration time, long now) {
    return isFailing() && now - since >= time.toMillis();
  }
}
