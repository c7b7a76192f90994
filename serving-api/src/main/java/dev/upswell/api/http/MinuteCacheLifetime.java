package dev.upswell.api.http;

import java.time.Duration;
import java.time.InstantSource;

/** Cache lifetime of responses that jobs update at the end of each minute. */
public final class MinuteCacheLifetime {
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long SECOND = Duration.ofSeconds(1).toMillis();

  /** Jobs are seconds behind the clock, so the end of the minute alone would be too long. */
  private static final long LONGEST = 5;

  private MinuteCacheLifetime() {}

  /** To the end of the minute, 1 to 5 seconds. */
  public static Duration maxAge(InstantSource clock) {
    long left = (MINUTE - Math.floorMod(clock.millis(), MINUTE)) / SECOND;
    return Duration.ofSeconds(Math.max(1, Math.min(LONGEST, left)));
  }
}
