package dev.upswell.popularity.forecast;

/** Symmetric positive definite matrices, small ones. */
final class Cholesky {
  private Cholesky() {}

  /** The inverse by Cholesky's decomposition {@code L L'}: {@code L'^-1 L^-1}. */
  static double[][] inverse(double[][] matrix) {
    int size = matrix.length;
    double[][] lower = invertedLower(cholesky(matrix));
    double[][] inverse = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int k = i; k < size; k++) {
          sum += lower[k][i] * lower[k][j];
        }
        inverse[i][j] = sum;
        inverse[j][i] = sum;
      }
    }
    return inverse;
  }

  private static double[][] cholesky(double[][] matrix) {
    int size = matrix.length;
    double[][] lower = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double left = matrix[i][j];
        for (int k = 0; k < j; k++) {
          left -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(left) : left / lower[j][j];
      }
    }
    return lower;
  }

  private static double[][] invertedLower(double[][] lower) {
    int size = lower.length;
    double[][] inverted = new double[size][size];
    for (int j = 0; j < size; j++) {
      inverted[j][j] = 1 / lower[j][j];
      for (int i = j + 1; i < size; i++) {
        double sum = 0;
        for (int k = j; k < i; k++) {
          sum -= lower[i][k] * inverted[k][j];
        }
        inverted[i][j] = sum / lower[i][i];
      }
    }
    return inverted;
  }
}
