package dev.upswell.popularity.forecast;

/** Layout of the sums of one age in the array of {@link RegressionStats}. */
final class NormalEquations {
  private static final int SIZE = EarlyViewFeatures.SIZE;

  /** Numbers of the upper triangle of a symmetric matrix. */
  static final int TRIANGLE = SIZE * (SIZE + 1) / 2;

  /** Index of the products with the growth. */
  static final int PRODUCTS = TRIANGLE;

  /** Index of the square of the growth. */
  static final int SQUARE = PRODUCTS + SIZE;

  /** Index of the number of examples. */
  static final int NUMBER = SQUARE + 1;

  /** Length of the sums of one age. */
  static final int LENGTH = NUMBER + 1;

  private NormalEquations() {}

  /** Adds an example to the sums at an index. */
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
