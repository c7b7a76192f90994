package dev.upswell.benchmarks.trending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScoreFormulaTest {
  @Test
  void formulasMatchTheirSources() {
    assertThat(ScoreFormula.POISSON_Z.of(150, 100, 0, 10)).isEqualTo(5);
    assertThat(ScoreFormula.POISSON_Z.of(30, 2.5, 0, 25)).isEqualTo(5.5);
    assertThat(ScoreFormula.RATIO.of(40, 10, 0, 10)).isEqualTo(1.5);
    assertThat(ScoreFormula.P_LN_P.of(100 * Math.E, 90, 0, 10))
        .isCloseTo(100 * Math.E, within(1e-9));
    assertThat(ScoreFormula.DEVIATIONS.of(150, 100, 2_500, 10)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void scoresRiseWithTheExcessOverTheBaseline(ScoreFormula score) {
    for (double expected : new double[] {0, 0.5, 40, 1e6}) {
      assertThat(score.of(expected, expected, 5, 10)).isLessThanOrEqualTo(1e-9);
      for (double actual = expected + 10; actual < expected + 1e6; actual *= 2) {
        assertThat(score.of(2 * actual + 1, expected, 5, 10))
            .isGreaterThan(score.of(actual, expected, 5, 10));
      }
    }
  }
}
