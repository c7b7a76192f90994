package dev.upswell.popularity.tiers;

/**
 * Minimum views in the last hour for the percentile tiers.
 *
 * @param minute last minute of the hour
 * @param edgeFrom minimum views of the most viewed hundredth (option)
 * @param regionalFrom minimum views of the most viewed tenth (option)
 * @param active videos with views in the hour
 */
public record TierThresholds(int minute, int edgeFrom, int regionalFrom, int active) {
  /** Thresholds before the first view, which no video reaches. */
  public static final TierThresholds UNKNOWN =
      new TierThresholds(Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 0);
}
