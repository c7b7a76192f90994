package dev.upswell.viral;

import dev.upswell.popularity.tiers.TierThresholds;

/**
 * What every video is held against at the end of a minute.
 *
 * @param thresholds of tiers
 * @param model packed {@link dev.upswell.popularity.forecast.ForecastModel}
 */
@SuppressWarnings("ArrayRecordComponent") // Packed, and compared by nobody.
record TierCriteria(TierThresholds thresholds, double[] model) {}
