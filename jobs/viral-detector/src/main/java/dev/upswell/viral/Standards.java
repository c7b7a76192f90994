package dev.upswell.viral;

import dev.upswell.views.tiers.Thresholds;

/**
 * What every video is held against at the end of a minute.
 *
 * @param thresholds of tiers
 * @param model packed {@link dev.upswell.views.forecast.ForecastModel}
 */
@SuppressWarnings("ArrayRecordComponent") // Packed, and compared by nobody.
record Standards(Thresholds thresholds, double[] model) {}
