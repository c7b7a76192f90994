package dev.upswell.popularity;

/**
 * Views of a video in one minute, counted where they were read.
 *
 * @param creatorId who made the video
 * @param minute since 1970 UTC
 * @param views positive
 * @param watchMs sum of how long was watched
 * @param viewers packed {@link ViewerCounts}
 * @param afterClosing whether they came after their UTC hour was final, so that they count in the
 *     rolling hour only
 */
@SuppressWarnings("ArrayRecordComponent") // Packed, and compared by nobody.
public record ViewCount(
    long videoId,
    long creatorId,
    int minute,
    int views,
    long watchMs,
    byte[] viewers,
    boolean afterClosing) {
  /** The same views, of an hour that is final. */
  public ViewCount asAfterClosing() {
    return new ViewCount(videoId, creatorId, minute, views, watchMs, viewers, true);
  }
}
