package dev.upswell.popularity.forecast;

import java.util.Optional;

/**
 * Forecasts the views of a video's first hour from those of its first minutes, from 5 to 59 minutes
 * of age: the count so far times the growth that {@link RegressionStats} learned from videos like
 * it.
 *
 * <pre>
 *   views = C(a) exp(x'b)     lower = C(a) exp(x'b - t s sqrt(1 + 20/C(a) + x' A^-1 x))
 * </pre>
 *
 * <p>both at least {@code C(a)}; {@code x} of {@link EarlyViewFeatures}, the rest of {@link Fit},
 * {@code t} Student's quantile of the confidence. Without lessons there is the {@link Prior} only:
 * the forecast is sensible, and the bound hardly ever above the count so far.
 *
 * <p>As an array: the minimum, then for each age from {@link ForecastAges#FIRST} to {@link
 * ForecastAges#LAST} fifteen numbers: the four of {@code b}, the ten of {@code A^-1} with {@code i
 * <= j} row by row, and {@code t s}. Immutable.
 */
public final class ForecastModel {
  private static final int SIZE = EarlyViewFeatures.SIZE;
  private static final int PER_AGE = SIZE + NormalEquations.TRIANGLE + 1;

  /** Length of the array. */
  public static final int LENGTH = 1 + ForecastAges.COUNT * PER_AGE;

  private final double[] numbers;

  private ForecastModel(double[] numbers) {
    this.numbers = numbers;
  }

  /** Returns the model after the training data, or the prior without any. */
  public static ForecastModel of(RegressionStats lessons, ForecastSettings settings) {
    double[] numbers = new double[LENGTH];
    numbers[0] = settings.minimum();
    double normal = Quantiles.normal(settings.confidence());
    int at = 1;
    for (int age = ForecastAges.FIRST; age <= ForecastAges.LAST; age++) {
      Fit fit = lessons.fit(age);
      for (double coefficient : fit.coefficients()) {
        numbers[at++] = coefficient;
      }
      for (int i = 0; i < SIZE; i++) {
        for (int j = i; j < SIZE; j++) {
          numbers[at++] = fit.inverse()[i][j];
        }
      }
      numbers[at++] = Quantiles.student(normal, fit.degrees()) * fit.deviation();
    }
    return new ForecastModel(numbers);
  }

  /**
   * Creates a model from the result of {@link #toArray}.
   *
   * @throws IllegalArgumentException for another length
   */
  public static ForecastModel of(double[] array) {
    if (array.length != LENGTH) {
      throw new IllegalArgumentException(
          "model: %d numbers (expected: %d)".formatted(array.length, LENGTH));
    }
    return new ForecastModel(array.clone());
  }

  /**
   * Forecasts the views of a video's first hour.
   *
   * @param counts the views of its first minutes by their number, from 0 to the age at least; they
   *     never fall
   * @param age whole minutes since it was published, {@link ForecastAges#FIRST} to {@link
   *     ForecastAges#LAST}
   * @return empty while it has fewer views than the minimum
   * @throws IllegalArgumentException for another age, or fewer minutes
   */
  public Optional<Forecast> forecast(int[] counts, int age) {
    ForecastAges.check(counts, age);
    int count = counts[age];
    if (count < numbers[0]) {
      return Optional.empty();
    }
    double[] x = new double[SIZE];
    EarlyViewFeatures.describe(counts, age, x);
    int start = 1 + (age - ForecastAges.FIRST) * PER_AGE;
    double growth = 0;
    for (int i = 0; i < SIZE; i++) {
      growth += numbers[start + i] * x[i];
    }
    double variance = EarlyViewFeatures.variance(count) + leverage(start + SIZE, x);
    double margin = numbers[start + PER_AGE - 1] * Math.sqrt(variance);
    return Optional.of(new Forecast(grown(count, growth), grown(count, growth - margin)));
  }

  /** A copy of all numbers, in the order above. */
  public double[] toArray() {
    return numbers.clone();
  }

  /** Returns {@code x' A^-1 x}, the uncertainty about videos like this one. */
  private double leverage(int start, double[] x) {
    int at = start;
    double sum = 0;
    for (int i = 0; i < SIZE; i++) {
      sum += numbers[at++] * x[i] * x[i];
      for (int j = i + 1; j < SIZE; j++) {
        sum += 2 * numbers[at++] * x[i] * x[j];
      }
    }
    return Math.max(0, sum);
  }

  private static double grown(int count, double growth) {
    return growth > 0 ? count * StrictMath.exp(growth) : count;
  }
}
