package dev.upswell.benchmarks.trending;

import dev.upswell.popularity.trending.TrendScore;

/** The score of the trending job and its rivals. */
enum ScoreFormula implements TrendScore {
  /** The score of the trending job. */
  DEVIATIONS {
    @Override
    public double of(double actual, double expected, double variance, double floor) {
      return TrendScore.DEVIATIONS.of(actual, expected, variance, floor);
    }
  },
  /**
   * Standard deviations of a Poisson count: {@code (x - e) / sqrt(max(e, floor))}, as in S.
   * Hendrickson, J. Kolb, B. Lehman, J. Montague, "Trend Detection in Social Data" (Gnip, 2015).
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
  }
}
