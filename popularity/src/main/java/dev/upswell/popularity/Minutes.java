package dev.upswell.popularity;

/** Time in whole minutes and hours since 1970-01-01 UTC, which fit an int until the year 6053. */
public final class Minutes {
  /** Minutes per hour. */
  public static final int PER_HOUR = 60;

  /** Milliseconds per minute. */
  public static final long MILLIS = 60_000;

  private Minutes() {}

  /** The minute that a time in Unix milliseconds lies in. */
  public static int of(long millis) {
    return (int) Math.floorDiv(millis, MILLIS);
  }

  /** Returns the last millisecond of a minute. A watermark at this time closes the minute. */
  public static long end(int minute) {
    return (minute + 1L) * MILLIS - 1;
  }

  /** The UTC hour that a minute lies in. */
  public static int hourOf(int minute) {
    return Math.floorDiv(minute, PER_HOUR);
  }

  /** Returns the last minute that a watermark closes. */
  public static int closedBy(long watermark) {
    return watermark == Long.MAX_VALUE ? Integer.MAX_VALUE : of(watermark + 1) - 1;
  }
}
