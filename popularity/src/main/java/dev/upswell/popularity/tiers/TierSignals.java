package dev.upswell.popularity.tiers;

/**
 * Figures of a video at the end of a minute.
 *
 * @param views views of the last hour
 * @param distinctShare ratio of distinct viewers to views, 0 to 1
 * @param forecast expected views of the first hour; 0 without a forecast
 * @param forecastAtLeast lower bound of the forecast; 0 without a forecast
 */
public record TierSignals(int views, double distinctShare, int forecast, int forecastAtLeast) {
  /** The figures of a video without views. */
  public static final TierSignals NONE = new TierSignals(0, 0, 0, 0);
}
