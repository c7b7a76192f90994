package dev.upswell.popularity.forecast;

/** Quantiles of the normal and of Student's distribution. */
final class Quantiles {
  private static final double FARTHEST = 8;

  /** Halves the interval to the last bit of a double. */
  private static final int HALVINGS = 60;

  private Quantiles() {}

  /**
   * Student's, from the normal one, to terms of the fourth order (M. Abramowitz, I. Stegun,
   * "Handbook of Mathematical Functions", 26.7.5).
   *
   * @param normal the normal quantile
   * @param degrees 4 or more; the result is then right to 1 % up to a probability of 0.999
   */
  static double student(double normal, double degrees) {
    double z = normal;
    double z2 = z * z;
    double first = z * (z2 + 1) / 4;
    double second = z * ((5 * z2 + 16) * z2 + 3) / 96;
    double third = z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
    double fourth = z * ((((79 * z2 + 776) * z2 + 1_482) * z2 - 1_920) * z2 - 945) / 92_160;
    return z + (first + (second + (third + fourth / degrees) / degrees) / degrees) / degrees;
  }

  /**
   * The normal quantile, by halving.
   *
   * @param probability 0.5 to 0.999
   */
  static double normal(double probability) {
    double low = 0;
    double high = FARTHEST;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (below(middle) < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The probability below {@code x >= 0}: {@code 1/2 + phi(x) (x + x^3/3 + x^5/15 + ...)} (G.
   * Marsaglia, "Evaluating the Normal Distribution", Journal of Statistical Software 11(4), 2004).
   */
  private static double below(double x) {
    double sum = x;
    double term = x;
    for (int i = 3; term > sum * 1e-17; i += 2) {
      term *= x * x / i;
      sum += term;
    }
    return 0.5 + sum * StrictMath.exp(-x * x / 2) / StrictMath.sqrt(2 * Math.PI);
  }
}
