package dev.upswell.benchmarks.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {
  @Test
  void regressionFindsTheLawDespiteNoise() {
    List<double[]> x =
        List.of(
            new double[] {0, 1, 2},
            new double[] {0, 1, 2},
            new double[] {3, 1, 0},
            new double[] {1, 1, 5},
            new double[] {1, 1, 5});
    // y = 2 - a + 3 c, twice off by as much to either side.
    double[] y = {8 + 1, 8 - 1, -1, 16 + 2, 16 - 2};
    assertThat(LeastSquares.fit(x, y)).containsExactly(new double[] {-1, 2, 3}, within(1e-12));
  }
}
