package dev.upswell.popularity.trending;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class TrendScoreTest {
  @Test
  void deviationsMatchTheFormula() {
    assertThat(TrendScore.DEVIATIONS.of(150, 100, 2_500, 10)).isEqualTo(1);
  }

  @Property(tries = 500)
  void scoresRiseWithTheExcessOverTheBaseline(
      @ForAll @DoubleRange(min = 0, max = 1e6) double expected,
      @ForAll @DoubleRange(min = 0, max = 1e6) double more,
      @ForAll @DoubleRange(min = 0.1, max = 100) double floor) {
    TrendScore score = TrendScore.DEVIATIONS;
    assertThat(score.of(expected, expected, 5, floor)).isLessThanOrEqualTo(1e-9);
    double from = expected + floor;
    assertThat(score.of(from + more + 1, expected, 5, floor))
        .isGreaterThan(score.of(from + more / 2, expected, 5, floor));
  }
}
