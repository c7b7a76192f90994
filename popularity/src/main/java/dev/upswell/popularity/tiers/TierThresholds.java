package dev.upswell.popularity.tiers;

/**
 * From how many views in the last hour on a video belongs to a tier by its place among all.
 *
 * @param minute the last of the hour
 * @param edgeFrom least views of the most watched hundredth (option)
 * @param regionalFrom least views of the most watched tenth (option)
 * @param active videos with views in the hour
 */
public record TierThresholds(int minute, int edgeFrom, int regionalFrom, int active) {
  /** Before anything was watched: no place among all is known. */
  public static final TierThresholds UNKNOWN =
      new TierThresholds(Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 0);
}
