package dev.upswell.popularity;

/**
 * Views of a video in one UTC hour.
 *
 * @param hour hours since 1970 UTC
 * @param watchMs total watch time in milliseconds
 * @param viewers packed {@link ViewerCounts}
 * @param published whether the totals are final and were emitted
 */
@SuppressWarnings("ArrayRecordComponent") // Packed, and never compared.
public record HourTotals(int hour, int views, long watchMs, byte[] viewers, boolean published) {
  /** The totals with more views. */
  HourTotals and(ViewCount count) {
    return new HourTotals(
        hour,
        (int) Math.min(Integer.MAX_VALUE, (long) views + count.views()),
        watchMs + count.watchMs(),
        ViewerCounts.merge(viewers, count.viewers()),
        published);
  }

  /** Returns the estimated number of distinct viewers, never more than views. */
  public int distinctViewers() {
    return Math.min(views, ViewerCounts.count(viewers));
  }

  /** Returns the same totals, marked as emitted. */
  HourTotals asPublished() {
    return new HourTotals(hour, views, watchMs, viewers, true);
  }
}
