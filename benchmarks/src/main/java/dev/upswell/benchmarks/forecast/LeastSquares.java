package dev.upswell.benchmarks.forecast;

import java.util.List;

/** Ordinary least squares, for the rivals: no prior, no ridge. */
final class LeastSquares {
  private LeastSquares() {}

  /** The coefficients that fit best; the rows of {@code x} are of one length. */
  static double[] fit(List<double[]> x, double[] y) {
    int size = x.get(0).length;
    double[][] equations = new double[size][size + 1];
    for (int row = 0; row < y.length; row++) {
      double[] values = x.get(row);
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          equations[i][j] += values[i] * values[j];
        }
        equations[i][size] += values[i] * y[row];
      }
    }
    return solve(equations);
  }

  /** Gaussian elimination with pivots from the whole column. */
  private static double[] solve(double[][] equations) {
    int size = equations.length;
    for (int column = 0; column < size; column++) {
      int pivot = column;
      for (int row = column + 1; row < size; row++) {
        if (Math.abs(equations[row][column]) > Math.abs(equations[pivot][column])) {
          pivot = row;
        }
      }
      double[] swapped = equations[column];
      equations[column] = equations[pivot];
      equations[pivot] = swapped;
      for (int row = 0; row < size; row++) {
        double factor = equations[row][column] / equations[column][column];
        for (int i = column; row != column && i <= size; i++) {
          equations[row][i] -= factor * equations[column][i];
        }
      }
    }
    double[] solution = new double[size];
    for (int i = 0; i < size; i++) {
      solution[i] = equations[i][size] / equations[i][i];
    }
    return solution;
  }
}
