package dev.upswell.popularity;

/**
 * What was watched of a video in one UTC hour.
 *
 * @param hour since 1970 UTC
 * @param watchMs sum of how long was watched
 * @param viewers packed {@link ViewerCounts}
 * @param published whether the totals are final and were given out
 */
@SuppressWarnings("ArrayRecordComponent") // Packed, and compared by nobody.
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

  /** The same totals, given out. */
  HourTotals asPublished() {
    return new HourTotals(hour, views, watchMs, viewers, true);
  }
}
