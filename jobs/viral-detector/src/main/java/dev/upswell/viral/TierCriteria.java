package dev.upswell.viral;

import dev.upswell.popularity.tiers.TierThresholds;

/**
 * Criteria of the tiers at the end of a minute.
 *
 * @param thresholds thresholds of the percentile tiers
 * @param model packed {@link dev.upswell.popularity.forecast.ForecastModel}
 */
@SuppressWarnings("ArrayRecordComponent") // Packed, and never compared.
record TierCriteria(TierThresholds thresholds, double[] model) {}
