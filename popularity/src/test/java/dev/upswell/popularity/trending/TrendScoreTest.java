package dev.upswell.popularity.trending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class TrendScoreTest {
  @Test
  void formulasMatchTheirSources() {
    assertThat(TrendScore.POISSON_Z.of(150, 100, 0, 10)).isEqualTo(5);
    assertThat(TrendScore.POISSON_Z.of(30, 2.5, 0, 25)).isEqualTo(5.5);
    assertThat(TrendScore.RATIO.of(40, 10, 0, 10)).isEqualTo(1.5);
    assertThat(TrendScore.P_LN_P.of(100 * Math.E, 90, 0, 10)).isCloseTo(100 * Math.E, within(1e-9));
    assertThat(TrendScore.DEVIATIONS.of(150, 100, 2_500, 10)).isEqualTo(1);
  }

  @Property(tries = 500)
  void scoresRiseWithTheExcessOverTheExpected(
      @ForAll @DoubleRange(min = 0, max = 1e6) double expected,
      @ForAll @DoubleRange(min = 0, max = 1e6) double more,
      @ForAll @DoubleRange(min = 0.1, max = 100) double floor) {
    for (TrendScore score : TrendScore.values()) {
      assertThat(score.of(expected, expected, 5, floor)).as("%s", score).isLessThanOrEqualTo(1e-9);
      double from = expected + floor;
      assertThat(score.of(from + more + 1, expected, 5, floor))
          .as("%s", score)
          .isGreaterThan(score.of(from + more / 2, expected, 5, floor));
    }
  }
}
