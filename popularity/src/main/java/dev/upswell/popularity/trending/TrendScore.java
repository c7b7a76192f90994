package dev.upswell.popularity.trending;

/**
 * How much more there is than was to be expected. All are 0 or less when there is not more.
 *
 * <p>Figures that decided between them: {@code docs/decisions/017-trending-score.md}.
 */
public enum TrendScore {
  /**
   * Deviations above what was to be expected: {@code (x - e) / sqrt(max(e, v, floor))}, where
   * {@code v} is how much the video's own past varied. The variance of a Poisson count is its mean
   * {@code e}; what people do comes in waves, and varies more (overdispersion: McCullagh and
   * Nelder, "Generalized Linear Models", 6.2.3). The floor keeps a view where none was expected
   * from being a sensation.
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
