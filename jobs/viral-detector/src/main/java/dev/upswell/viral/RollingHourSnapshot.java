package dev.upswell.viral;

/**
 * Figures of a video at the end of a minute.
 *
 * @param minute last minute of the hour
 * @param views views in the hour
 * @param distinctShare ratio of distinct viewers to views, 0 to 1
 * @param firstMinutes views of each minute since the publication, for a video under one hour with
 *     enough views for a forecast; otherwise empty
 * @param hidden whether the video was removed or is no longer public. If so, the other figures are
 *     0, and it leaves its tier at once
 */
@SuppressWarnings("ArrayRecordComponent") // Sixty numbers, never compared.
record RollingHourSnapshot(
    long videoId, int minute, int views, double distinctShare, int[] firstMinutes, boolean hidden) {
  private static final int[] NO_MINUTES = {};

  /** Returns the figures of a video that is no longer public. */
  static RollingHourSnapshot hidden(long videoId, int minute) {
    return new RollingHourSnapshot(videoId, minute, 0, 0, NO_MINUTES, true);
  }
}
