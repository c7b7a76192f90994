package dev.upswell.popularity.forecast;

/**
 * Prior of the regression, equivalent to a fraction of an example.
 *
 * <p>Views grow as {@code age^p} for any number and shape, so {@code ln(C(60)/C(a)) = p ln(60/a)}:
 * slope 1 of Szabo and Huberman's law, and an offset. {@code p = 0.45} fits the medians of the 50
 * cascades of R. Kobayashi and R. Lambiotte ("TiDeH", ICWSM 2016): 386 views after 5 minutes, 543
 * after 10, 1,189 after 60, with exponents 0.452 and 0.437. The remaining growth has a standard
 * deviation of 0.6 at 5 minutes (a factor of 1.8). It shrinks with the root of the time left on the
 * log scale, and has the weight of four videos.
 *
 * <p>Each coefficient has the weight of {@link #STRENGTH} examples, which is the strength of the
 * ridge. Figures on the cascades hardly depend on it: every strength from 0.03 to 1 meets the
 * goals.
 */
final class Prior {
  /** {@code p} of {@code age^p}. */
  static final double EXPONENT = 0.45;

  /** Weight of each coefficient, in observations. */
  static final double STRENGTH = 0.3;

  /** Weight of the deviation, in observations. */
  static final double DEGREES = 4;

  private static final double DEVIATION_AT_FIRST = 0.6;

  private Prior() {}

  /** The log of the growth from an age to the hour. */
  static double growth(int age) {
    return EXPONENT * timeLeft(age);
  }

  /** The variance of the log of the growth of a video with very many views. */
  static double variance(int age) {
    return DEVIATION_AT_FIRST * DEVIATION_AT_FIRST * timeLeft(age) / timeLeft(ForecastAges.FIRST);
  }

  private static double timeLeft(int age) {
    return StrictMath.log((double) ForecastAges.HOUR / age);
  }
}
