package dev.upswell.popularity.forecast;

/**
 * Training data of the forecast: for each age the sums of a weighted least-squares fit. Examples
 * are added, merged and decayed without the videos.
 *
 * <p>As an array: for each age from {@link ForecastAges#FIRST} to {@link ForecastAges#LAST} sixteen
 * numbers, with {@code x}, {@code y} of {@link EarlyViewFeatures} and {@code w = 1 / (1 + 20/C)}:
 * the ten sums of {@code w xi xj} with {@code i <= j} row by row, the four of {@code w xi y}, that
 * of {@code w y y}, and the number of examples. All are 0 before the first example.
 *
 * <p>The same calls in the same order give the same numbers on any machine. Merging differs from
 * adding one by one only by rounding. Not thread-safe.
 */
public final class RegressionStats {
  /** Length of the array. */
  public static final int LENGTH = ForecastAges.COUNT * NormalEquations.LENGTH;

  private final double[] sums;
  private final double[] described = new double[EarlyViewFeatures.SIZE];

  private RegressionStats(double[] sums) {
    this.sums = sums;
  }

  /** Without any lesson. */
  public static RegressionStats none() {
    return new RegressionStats(new double[LENGTH]);
  }

  /**
   * Creates statistics from the result of {@link #toArray}.
   *
   * @throws IllegalArgumentException for another length
   */
  public static RegressionStats of(double[] array) {
    if (array.length != LENGTH) {
      throw new IllegalArgumentException(
          "lessons: %d numbers (expected: %d)".formatted(array.length, LENGTH));
    }
    return new RegressionStats(array.clone());
  }

  /**
   * Learns from a video that became an hour old, at each age at which it had views enough.
   *
   * @param counts the views of its first minutes by their number, 0 to 60
   * @param minimum views at an age to learn from it, 1 or more
   * @throws IllegalArgumentException when there are fewer minutes
   */
  public void add(int[] counts, int minimum) {
    ForecastAges.checkLength(counts, ForecastAges.HOUR);
    for (int age = ForecastAges.FIRST; age <= ForecastAges.LAST; age++) {
      if (counts[age] >= minimum) {
        EarlyViewFeatures.describe(counts, age, described);
        NormalEquations.add(
            sums,
            start(age),
            described,
            EarlyViewFeatures.growth(counts, age),
            1 / EarlyViewFeatures.variance(counts[age]));
      }
    }
  }

  /** Adds all examples of other statistics. */
  public void merge(RegressionStats others) {
    for (int i = 0; i < LENGTH; i++) {
      sums[i] += others.sums[i];
    }
  }

  /**
   * Decays all examples.
   *
   * @param kept remaining share of their weight, 0 to 1, such as {@link
   *     ForecastSettings#weightAfter}
   */
  public void decay(double kept) {
    if (!(kept >= 0 && kept <= 1)) {
      throw new IllegalArgumentException("kept: " + kept + " (expected: 0..1)");
    }
    for (int i = 0; i < LENGTH; i++) {
      sums[i] *= kept;
    }
  }

  /** Returns the weight of all examples at an age. */
  public double videos(int age) {
    return sums[start(age) + NormalEquations.NUMBER];
  }

  /** A copy of all sums, in the order above. */
  public double[] toArray() {
    return sums.clone();
  }

  /** Returns the fit at an age. */
  Fit fit(int age) {
    return Fit.of(sums, start(age), age);
  }

  private static int start(int age) {
    return (age - ForecastAges.FIRST) * NormalEquations.LENGTH;
  }
}
