package dev.upswell.popularity.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RegressionStatsTest {
  @Test
  void examplesCountOnlyAtAgesWithEnoughViews() {
    RegressionStats lessons = RegressionStats.none();
    lessons.add(Videos.growing(60, 1), 30);
    assertThat(lessons.videos(29)).isZero();
    assertThat(lessons.videos(30)).isEqualTo(1);
    assertThat(lessons.videos(ForecastAges.LAST)).isEqualTo(1);
  }

  @Test
  void hourlyDecayLeavesHalfAfterTheHalfLife() {
    ForecastSettings settings = new ForecastSettings(10, 0.8, Duration.ofDays(2));
    RegressionStats lessons = RegressionStats.none();
    lessons.add(Videos.growing(1_000, 1), 10);
    for (int hour = 0; hour < 48; hour++) {
      lessons.decay(settings.weightAfter(1));
    }
    assertThat(lessons.videos(30)).isCloseTo(0.5, within(1e-12));
    assertThat(settings.weightAfter(48)).isEqualTo(0.5);
  }

  @Test
  void completeDecayLeavesThePrior() {
    RegressionStats lessons = Videos.lessons(Videos.random(1, 100), 10);
    lessons.decay(0);
    ForecastSettings settings = ForecastSettings.defaults();
    assertThat(ForecastModel.of(lessons, settings).toArray())
        .isEqualTo(ForecastModel.of(RegressionStats.none(), settings).toArray());
  }

  @Test
  void arraysAreCopies() {
    RegressionStats lessons = Videos.lessons(Videos.random(2, 10), 10);
    double[] array = lessons.toArray();
    assertThat(array).hasSize(RegressionStats.LENGTH);
    RegressionStats again = RegressionStats.of(array);
    again.add(Videos.growing(1_000, 1), 10);
    again.toArray()[0] = -1;
    assertThat(lessons.toArray()).isEqualTo(array);
    assertThat(again.videos(5)).isEqualTo(lessons.videos(5) + 1);
  }

  @Test
  void invalidArgumentsAreRejectedByName() {
    assertThatThrownBy(() -> RegressionStats.of(new double[3]))
        .hasMessage("lessons: 3 numbers (expected: 880)");
    assertThatThrownBy(() -> RegressionStats.none().add(new int[60], 10))
        .hasMessage("counts: 60 minutes (expected: 0..60)");
    assertThatThrownBy(() -> RegressionStats.none().decay(1.5))
        .hasMessage("kept: 1.5 (expected: 0..1)");
    assertThatThrownBy(() -> new ForecastSettings(0, 0.8, Duration.ofDays(7)))
        .hasMessage("minimum: 0 (expected: 1 or more)");
    assertThatThrownBy(() -> new ForecastSettings(10, 1, Duration.ofDays(7)))
        .hasMessage("confidence: 1.0 (expected: 0.5..0.999)");
    assertThatThrownBy(() -> new ForecastSettings(10, 0.8, Duration.ofMinutes(9)))
        .hasMessage("halfLife: PT9M (expected: PT1H or more)");
  }
}
