package dev.upswell.views.trending;

/**
 * How much more there is than was to be expected. All are 0 or less when there is not more.
 *
 * <p>Figures that decided between them: {@code docs/decisions/016-trending-score.md}.
 */
public enum TrendScore {
  /**
   * Standard deviations of a Poisson count: {@code (x - e) / sqrt(max(e, floor))}. The variance of
   * a Poisson count is its mean; the floor keeps one view where none was expected from being a
   * sensation. As in the burst detection of NewsStand and of Gnip's "Trend Detection in Social
   * Data" (Hendrickson, Kolb, Lehman, Montague 2015).
   */
  POISSON_Z {
    @Override
    public double of(double actual, double expected, double floor) {
      return (actual - expected) / Math.sqrt(Math.max(expected, floor));
    }
  },
  /**
   * The ratio of a fast to a slow moving average, less 1: {@code (x + floor) / (e + floor) - 1}.
   */
  RATIO {
    @Override
    public double of(double actual, double expected, double floor) {
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
    public double of(double actual, double expected, double floor) {
      return actual <= 0 ? 0 : actual * StrictMath.log(actual / (expected + floor));
    }
  },
  /**
   * Twice the logarithm of the likelihood ratio of two Poisson rates, signed, as deviations: {@code
   * sqrt(2 (x ln(x / e) - (x - e)))} (Kulldorff, "A spatial scan statistic", 1997). Near {@link
   * #POISSON_Z} for small surges, and like {@link #P_LN_P} for large ones.
   */
  LIKELIHOOD {
    @Override
    public double of(double actual, double expected, double floor) {
      double e = Math.max(expected, floor);
      if (actual <= e) {
        return actual - e;
      }
      return Math.sqrt(2 * (actual * StrictMath.log(actual / e) - (actual - e)));
    }
  };

  /**
   * The score.
   *
   * @param actual 0 or more
   * @param expected 0 or more
   * @param floor below which no expectation is trusted; positive
   */
  public abstract double of(double actual, double expected, double floor);
}
