package dev.upswell.popularity.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EarlyViewFeaturesTest {
  private final int[] counts = ForecastAges.cumulative(new int[] {10, 20, 30, 60, 80, 1, 1, 1});

  @Test
  void featuresAreTheCountAndTheSharesOfTheLastHalfAndQuarter() {
    double[] x = new double[EarlyViewFeatures.SIZE];
    EarlyViewFeatures.describe(counts, 5, x);
    // Of 200 views, 140 after the third minute and 80 after the fourth.
    assertThat(x)
        .containsExactly(
            new double[] {
              1,
              Math.log(2),
              0.7 - (1 - Math.pow(3 / 5.0, 0.45)),
              0.4 - (1 - Math.pow(4 / 5.0, 0.45))
            },
            within(1e-12));
  }

  @Test
  void usualGrowthHasNeutralShapeFeatures() {
    double[] x = new double[EarlyViewFeatures.SIZE];
    int[] video = Videos.growing(100_000_000, 0.45);
    for (int age = ForecastAges.FIRST; age <= ForecastAges.LAST; age++) {
      EarlyViewFeatures.describe(video, age, x);
      assertThat(x[2]).isCloseTo(0, within(1e-6));
      assertThat(x[3]).isCloseTo(0, within(1e-6));
    }
  }

  @Test
  void varianceOfGrowthIsHigherForFewViews() {
    assertThat(EarlyViewFeatures.variance(10)).isEqualTo(3);
    assertThat(EarlyViewFeatures.variance(20)).isEqualTo(2);
    assertThat(EarlyViewFeatures.variance(1_000_000)).isCloseTo(1, within(0.001));
  }
}
