package dev.upswell.popularity.forecast;

/**
 * Features of the first minutes of a video.
 *
 * <p>With {@code C(m)} the views of the first {@code m} minutes, at age {@code a}:
 *
 * <pre>
 *   x0 = 1
 *   x1 = ln(C(a) / 100)
 *   x2 = 1 - C(h) / C(a) - (1 - (h/a)^p),  h = ceil(a/2)
 *   x3 = 1 - C(q) / C(a) - (1 - (q/a)^p),  q = ceil(3a/4)
 *   y  = ln(C(60) / C(a))
 * </pre>
 *
 * <p>x0 and x1 are the log-linear law (G. Szabo, B. Huberman, "Predicting the popularity of online
 * content", CACM 53(8), 2010): the log of the later count is that of the earlier one plus a
 * constant. x2 and x3 are the shares of the views that came in the last half and in the last
 * quarter of the current age, less their values for a growth of {@code age^p} ({@link Prior}). They
 * distinguish a video with rising views from one past its peak, like the single earlier counts in
 * H. Pinto et al., "Using early view patterns to predict the popularity of YouTube videos", WSDM
 * 2013.
 */
final class EarlyViewFeatures {
  /** Number of features. */
  static final int SIZE = 4;

  private static final double TYPICAL = 100;

  /**
   * Noise of a count, relative to the variance of the growth. The log of a Poisson count with mean
   * {@code C} has variance {@code 1/C}. In units of the variance of the growth (about 1/20: videos
   * with many views are off by a fifth) this is {@code 20/C}.
   */
  private static final double NOISE = 20;

  private static final double[] HALF = usual(2);
  private static final double[] QUARTER = usual(3);

  private EarlyViewFeatures() {}

  /**
   * Computes the features of a video.
   *
   * @param counts views of the first minutes, from 0 to at least the age
   * @param age in minutes, of {@link ForecastAges}; its count is 1 or more
   * @param into receives the features
   */
  static void describe(int[] counts, int age, double[] into) {
    double all = counts[age];
    into[0] = 1;
    into[1] = StrictMath.log(all / TYPICAL);
    into[2] = 1 - counts[end(2, age)] / all - HALF[age];
    into[3] = 1 - counts[end(3, age)] / all - QUARTER[age];
  }

  /** Returns the growth of the log of the views from an age to the hour. */
  static double growth(int[] counts, int age) {
    return StrictMath.log((double) counts[ForecastAges.HOUR] / counts[age]);
  }

  /** Returns the variance of the growth at a count, relative to that at an unlimited count. */
  static double variance(int count) {
    return 1 + NOISE / count;
  }

  /** Returns the minute that ends a number of quarters of the age, rounded up. */
  private static int end(int quarters, int age) {
    return (quarters * age + 3) / 4;
  }

  private static double[] usual(int quarters) {
    double[] shares = new double[ForecastAges.HOUR];
    for (int age = ForecastAges.FIRST; age <= ForecastAges.LAST; age++) {
      shares[age] = 1 - StrictMath.pow((double) end(quarters, age) / age, Prior.EXPONENT);
    }
    return shares;
  }
}
