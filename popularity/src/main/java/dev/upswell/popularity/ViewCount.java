package dev.upswell.popularity;

/**
 * Views of a video in one minute, combined before the shuffle.
 *
 * @param minute minutes since 1970 UTC
 * @param views number of views; positive
 * @param watchMs total watch time in milliseconds
 * @param viewers packed {@link ViewerCounts}
 * @param late whether the UTC hour was final, so that the views count in the rolling hour only
 */
@SuppressWarnings("ArrayRecordComponent") // Packed, and never compared.
public record ViewCount(
    long videoId, int minute, int views, long watchMs, byte[] viewers, boolean late) {
  /** Returns the same views, marked as late. */
  public ViewCount asLate() {
    return new ViewCount(videoId, minute, views, watchMs, viewers, true);
  }
}
