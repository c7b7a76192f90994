package dev.upswell.popularity.trending;

/**
 * Time in slots of ten seconds since 1970-01-01 UTC, at the end of each of which lists are made.
 */
public final class Slots {
  /** Milliseconds per slot. */
  public static final long MILLIS = 10_000;

  /** Slots per hour. */
  public static final int PER_HOUR = 360;

  private Slots() {}

  /** The slot that a time in Unix milliseconds lies in. */
  public static int of(long millis) {
    return (int) Math.floorDiv(millis, MILLIS);
  }

  /** Returns the last millisecond of a slot. A watermark at this time closes the slot. */
  public static long end(int slot) {
    return (slot + 1L) * MILLIS - 1;
  }

  /** Returns the last slot that a watermark closes. */
  public static int closedBy(long watermark) {
    return watermark == Long.MAX_VALUE ? Integer.MAX_VALUE : of(watermark + 1) - 1;
  }
}
