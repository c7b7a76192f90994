package dev.upswell.popularity.trending;

import java.io.Serializable;

/**
 * Score above the baseline, 0 or less without an excess.
 *
 * <p>{@code docs/decisions/017-score-trends-by-deviation-from-the-past.md} has the figures behind
 * the choice of {@link #DEVIATIONS}.
 */
@FunctionalInterface
public interface TrendScore extends Serializable {
  /**
   * Standard deviations above the baseline: {@code (x - e) / sqrt(max(e, v, floor))}, where {@code
   * v} is the variance of the video's own past. The variance of a Poisson count is its mean {@code
   * e}. Views arrive in waves and vary more (overdispersion: McCullagh and Nelder, "Generalized
   * Linear Models", 6.2.3). The floor keeps a few views above a baseline of none from scoring high.
   */
  TrendScore DEVIATIONS =
      (actual, expected, variance, floor) ->
          (actual - expected) / Math.sqrt(Math.max(Math.max(expected, variance), floor));

  /**
   * Returns the score.
   *
   * @param actual current engagement, 0 or more
   * @param expected baseline, 0 or more
   * @param variance of the video's own past, 0 or more
   * @param floor minimum baseline, positive
   */
  double of(double actual, double expected, double variance, double floor);
}
