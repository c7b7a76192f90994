package dev.upswell.popularity.forecast;

/**
 * Fit of the growth from one age: Bayesian linear regression with the conjugate prior (A. Gelman et
 * al., "Bayesian Data Analysis", 3rd edition, chapter 14; with a prior mean of 0 its median is that
 * of a ridge regression).
 *
 * <pre>
 *   A  = r I + sum w x x'                              b  = A^-1 (r b0 + sum w x y)
 *   nu = nu0 + n      nu s^2 = nu0 s0^2 + r b0'b0 + sum w y y - b' A b
 *   y given x: Student with nu degrees, median x'b, scale s sqrt(1/w + x' A^-1 x)
 * </pre>
 *
 * <p>with {@code r}, {@code b0}, {@code nu0} and {@code s0} of {@link Prior}.
 *
 * @param coefficients {@code b}
 * @param inverse {@code A^-1}, symmetric
 * @param degrees {@code nu}
 * @param deviation {@code s}
 */
@SuppressWarnings("ArrayRecordComponent") // read at once by the model and thrown away
record Fit(double[] coefficients, double[][] inverse, double degrees, double deviation) {
  private static final int SIZE = EarlyViewFeatures.SIZE;

  /** Fits the sums that start at an index. */
  static Fit of(double[] sums, int start, int age) {
    double[][] matrix = new double[SIZE][SIZE];
    int at = start;
    for (int i = 0; i < SIZE; i++) {
      for (int j = i; j < SIZE; j++) {
        matrix[i][j] = sums[at];
        matrix[j][i] = sums[at++];
      }
      matrix[i][i] += Prior.STRENGTH;
    }
    double believed = Prior.growth(age);
    double[] right = new double[SIZE];
    System.arraycopy(sums, start + NormalEquations.PRODUCTS, right, 0, SIZE);
    right[0] += Prior.STRENGTH * believed;

    double[][] inverse = Cholesky.inverse(matrix);
    double[] coefficients = new double[SIZE];
    double explained = 0;
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        coefficients[i] += inverse[i][j] * right[j];
      }
      explained += coefficients[i] * right[i];
    }
    double degrees = Prior.DEGREES + sums[start + NormalEquations.NUMBER];
    double total = Prior.STRENGTH * believed * believed + sums[start + NormalEquations.SQUARE];
    // Rounding may give a negative remainder where the fit is exact.
    double left = Math.max(0, total - explained);
    double variance = (Prior.DEGREES * Prior.variance(age) + left) / degrees;
    return new Fit(coefficients, inverse, degrees, Math.sqrt(variance));
  }
}
