package dev.upswell.popularity.trending;

/**
 * Time in slots of ten seconds since 1970-01-01 UTC, at the end of each of which lists are made.
 */
public final class Slots {
  /** Of a slot. */
  public static final long MILLIS = 10_000;

  /** Of an hour. */
  public static final int PER_HOUR = 360;

  private Slots() {}

  /** The slot that a time in Unix milliseconds lies in. */
  public static int of(long millis) {
    return (int) Math.floorDiv(millis, MILLIS);
  }

  /** The last millisecond of a slot: its watermark says that the slot is over. */
  public static long end(int slot) {
    return (slot + 1L) * MILLIS - 1;
  }

  /** The last slot that is over at a watermark. */
  public static int over(long watermark) {
    return watermark == Long.MAX_VALUE ? Integer.MAX_VALUE : of(watermark + 1) - 1;
  }
}
