package dev.upswell.popularity.trending;

/**
 * Score above the baseline. All scores are 0 or less without an excess.
 *
 * <p>{@code docs/decisions/017-score-trends-by-deviation-from-the-past.md} has the figures behind
 * the choice.
 */
public enum TrendScore {
  /**
   * Standard deviations above the baseline: {@code (x - e) / sqrt(max(e, v, floor))}, where {@code
   * v} is the variance of the video's own past. The variance of a Poisson count is its mean {@code
   * e}. Views arrive in waves and vary more (overdispersion: McCullagh and Nelder, "Generalized
   * Linear Models", 6.2.3). The floor keeps a few views above a baseline of none from scoring high.
   */
  DEVIATIONS {
    @Override
    public double of(double actual, double expected, double variance, double floor) {
      return (actual - expected) / Math.sqrt(Math.max(Math.max(expected, variance), floor));
    }
  },
  /**
   * The same for a Poisson count: {@code (x - e) / sqrt(max(e, floor))}, as in S. Hendrickson, J.
   * Kolb, B. Lehman, J. Montague, "Trend Detection in Social Data" (Gnip, 2015).
   */
  POISSON_Z {
    @Override
    public double of(double actual, double expected, double variance, double floor) {
      return (actual - expected) / Math.sqrt(Math.max(expected, floor));
    }
  },
  /**
   * The ratio of a fast to a slow moving average, less 1: {@code (x + floor) / (e + floor) - 1}.
   */
  RATIO {
    @Override
    public double of(double actual, double expected, double variance, double floor) {
      return (actual + floor) / (expected + floor) - 1;
    }
  },
  /**
   * {@code x ln(x / e)}, with the floor added to the expected: Instagram's measure of a hashtag,
   * one term of the Kullback-Leibler divergence of now from before (Instagram Engineering,
   * "Trending on Instagram", 2015: {@code S = P ln(P / P')}).
   */
  P_LN_P {
    @Override
    public double of(double actual, double expected, double variance, double floor) {
      return actual <= 0 ? 0 : actual * StrictMath.log(actual / (expected + floor));
    }
  };

  /**
   * The score.
   *
   * @param actual 0 or more
   * @param expected 0 or more
   * @param variance of the video's own past, 0 or more
   * @param floor below which no expectation is trusted; positive
   */
  public abstract double of(double actual, double expected, double variance, double floor);
}
