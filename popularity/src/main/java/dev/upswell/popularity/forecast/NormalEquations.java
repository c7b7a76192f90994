package dev.upswell.popularity.forecast;

/** The sums of one age, where they stand in the array of {@link RegressionStats}. */
final class NormalEquations {
  private static final int SIZE = EarlyViewFeatures.SIZE;

  /** Numbers of the upper triangle of a symmetric matrix. */
  static final int TRIANGLE = SIZE * (SIZE + 1) / 2;

  /** Where the products with the growth begin. */
  static final int PRODUCTS = TRIANGLE;

  /** Where the square of the growth is. */
  static final int SQUARE = PRODUCTS + SIZE;

  /** Where the number of lessons is. */
  static final int NUMBER = SQUARE + 1;

  /** How many numbers there are. */
  static final int LENGTH = NUMBER + 1;

  private NormalEquations() {}

  /** Adds a lesson to those that start at an index. */
  static void add(double[] sums, int start, double[] x, double y, double weight) {
    int at = start;
    for (int i = 0; i < SIZE; i++) {
      double weighted = weight * x[i];
      for (int j = i; j < SIZE; j++) {
        sums[at++] += weighted * x[j];
      }
    }
    for (int i = 0; i < SIZE; i++) {
      sums[at++] += weight * x[i] * y;
    }
    sums[at++] += weight * y * y;
    sums[at] += 1;
  }
}
