package dev.upswell.popularity.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForecastModelTest {
  private static final ForecastSettings SETTINGS = ForecastSettings.defaults();
  private final ForecastModel cold = ForecastModel.of(RegressionStats.none(), SETTINGS);

  @Test
  void untrainedForecastsFollowThePrior() {
    for (double views : new double[] {1_000, 100_000, 10_000_000}) {
      int[] video = Videos.growing(views, 0.45);
      for (int age : new int[] {5, 10, 30, 59}) {
        Forecast forecast = cold.forecast(video, age).orElseThrow();
        assertThat(forecast.views()).isCloseTo(views, within(0.01 * views));
      }
    }
  }

  @Test
  void untrainedBoundsHardlyExceedTheCount() {
    int[] video = Videos.growing(100_000, 0.45);
    for (int age = ForecastAges.FIRST; age <= ForecastAges.LAST; age++) {
      assertThat(cold.forecast(video, age).orElseThrow().lower()).isLessThan(1.1 * video[age]);
    }
  }

  @Test
  void commonGrowthIsLearned() {
    Random random = new Random(1);
    RegressionStats lessons = RegressionStats.none();
    for (int i = 0; i < 500; i++) {
      lessons.add(Videos.growing(Math.exp(8 + 6 * random.nextDouble()), 0.9), 10);
    }
    ForecastModel model = ForecastModel.of(lessons, SETTINGS);
    int[] video = Videos.growing(300_000, 0.9);
    for (int age = ForecastAges.FIRST; age <= ForecastAges.LAST; age++) {
      Forecast forecast = model.forecast(video, age).orElseThrow();
      assertThat(forecast.views()).isCloseTo(300_000, within(3_000.0));
      assertThat(forecast.lower()).isCloseTo(300_000, within(30_000.0));
    }
  }

  /** Where {@code ln C(60) = 1 + 1.1 ln C(10)}, whatever the first ten minutes looked like. */
  @Test
  void slopeAndOffsetOfALogLinearLawAreLearned() {
    Random random = new Random(2);
    RegressionStats lessons = RegressionStats.none();
    for (int i = 0; i < 2_000; i++) {
      lessons.add(lawful(Math.exp(6 + 5 * random.nextDouble()), random), 10);
    }
    ForecastModel model = ForecastModel.of(lessons, SETTINGS);
    for (double views : new double[] {500, 5_000, 50_000}) {
      int[] video = lawful(views, random);
      assertThat(model.forecast(video, 10).orElseThrow().views())
          .isCloseTo(video[ForecastAges.HOUR], within(0.005 * video[ForecastAges.HOUR]));
    }
  }

  private static int[] lawful(double views, Random random) {
    int[] counts = new int[ForecastAges.HOUR + 1];
    double exponent = 0.2 + random.nextDouble();
    for (int minute = 1; minute <= ForecastAges.HOUR; minute++) {
      counts[minute] =
          (int)
              Math.round(
                  minute <= 10
                      ? views * Math.pow(minute / 10.0, exponent)
                      : Math.exp(1 + 1.1 * Math.log(views)));
    }
    return counts;
  }

  @Test
  void acceleratingVideosHaveHigherForecasts() {
    RegressionStats lessons = RegressionStats.none();
    Random random = new Random(3);
    for (int i = 0; i < 500; i++) {
      lessons.add(Videos.growing(20_000, 0.1 + 1.5 * random.nextDouble()), 10);
    }
    ForecastModel model = ForecastModel.of(lessons, SETTINGS);
    int[] over = new int[] {0, 800, 900, 950, 980, 1_000};
    int[] speeding = new int[] {0, 50, 150, 300, 600, 1_000};
    assertThat(model.forecast(speeding, 5).orElseThrow().lower())
        .isGreaterThan(2 * model.forecast(over, 5).orElseThrow().views());
  }

  @Test
  void moreViewsNarrowTheBound() {
    RegressionStats lessons = Videos.lessons(Videos.random(4, 2_000), 10);
    ForecastModel model = ForecastModel.of(lessons, SETTINGS);
    double few = width(model, Videos.growing(100, 0.7));
    double many = width(model, Videos.growing(1_000_000, 0.7));
    assertThat(many).isLessThan(few);
  }

  private static double width(ForecastModel model, int[] video) {
    Forecast forecast = model.forecast(video, 5).orElseThrow();
    return Math.log(forecast.views() / forecast.lower());
  }

  @Test
  void noForecastBelowTheMinimum() {
    int[] video = new int[] {0, 1, 1, 2, 3, 9, 10};
    assertThat(cold.forecast(video, 5)).isEmpty();
    assertThat(cold.forecast(video, 6)).isPresent();
  }

  @Test
  void modelsAreRestoredFromTheirArray() {
    ForecastModel model = ForecastModel.of(Videos.lessons(Videos.random(5, 100), 10), SETTINGS);
    assertThat(model.toArray()).hasSize(ForecastModel.LENGTH);
    ForecastModel again = ForecastModel.of(model.toArray());
    int[] video = Videos.growing(3_000, 0.5);
    for (int age = ForecastAges.FIRST; age <= ForecastAges.LAST; age++) {
      assertThat(again.forecast(video, age)).isEqualTo(model.forecast(video, age));
    }
  }

  @Test
  void invalidAgesAndArraysAreRejected() {
    int[] video = Videos.growing(3_000, 0.5);
    assertThatThrownBy(() -> cold.forecast(video, 4)).hasMessage("age: 4 (expected: 5..59)");
    assertThatThrownBy(() -> cold.forecast(video, 60)).hasMessage("age: 60 (expected: 5..59)");
    assertThatThrownBy(() -> cold.forecast(Arrays.copyOf(video, 10), 10))
        .hasMessage("counts: 10 minutes (expected: 0..10)");
    assertThatThrownBy(() -> ForecastModel.of(new double[7]))
        .hasMessage("model: 7 numbers (expected: 826)");
  }
}
