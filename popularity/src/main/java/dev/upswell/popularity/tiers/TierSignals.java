package dev.upswell.popularity.tiers;

/**
 * What speaks for a video at the end of a minute.
 *
 * @param views of the last hour
 * @param distinctShare of them that came from different viewers, 0 to 1
 * @param forecast views of its first hour that are to be expected; 0 without a forecast
 * @param forecastAtLeast of which one can be confident; 0 without a forecast
 */
public record TierSignals(int views, double distinctShare, int forecast, int forecastAtLeast) {
  /** Nobody watches it. */
  public static final TierSignals NONE = new TierSignals(0, 0, 0, 0);
}
