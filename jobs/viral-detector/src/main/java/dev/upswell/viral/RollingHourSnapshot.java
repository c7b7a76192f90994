package dev.upswell.viral;

/**
 * What the last hour of a video looks like at the end of a minute.
 *
 * @param minute the last of the hour
 * @param views in it
 * @param distinctShare of them that came from different viewers, 0 to 1
 * @param firstMinutes views of each minute since it was published, while that is less than an hour
 *     ago and it has views enough for a forecast; else empty
 */
@SuppressWarnings("ArrayRecordComponent") // Sixty numbers, compared by nobody.
record RollingHourSnapshot(
    long videoId, int minute, int views, double distinctShare, int[] firstMinutes) {}
