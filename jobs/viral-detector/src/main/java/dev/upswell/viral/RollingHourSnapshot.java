package dev.upswell.viral;

/**
 * Figures of a video at the end of a minute.
 *
 * @param minute last minute of the hour
 * @param views views in the hour
 * @param distinctShare ratio of distinct viewers to views, 0 to 1
 * @param firstMinutes views of each minute since the publication, for a video under one hour with
 *     enough views for a forecast; otherwise empty
 */
@SuppressWarnings("ArrayRecordComponent") // Sixty numbers, never compared.
record RollingHourSnapshot(
    long videoId, int minute, int views, double distinctShare, int[] firstMinutes) {}
