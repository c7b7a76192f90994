package dev.upswell.popularity.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class ForecastModelPropertyTest {
  @Property(tries = 300)
  void forecastsAreOrderedCountThenBoundThenMedian(
      @ForAll long seed,
      @ForAll @IntRange(max = 50) int lessons,
      @ForAll @IntRange(min = 1, max = 100) int minimum,
      @ForAll @DoubleRange(min = 0.5, max = 0.99) double confidence) {
    ForecastModel model =
        ForecastModel.of(
            Videos.lessons(Videos.random(seed, lessons), minimum),
            new ForecastSettings(minimum, confidence, Duration.ofDays(7)));
    int[] video = Videos.random(new Random(~seed));
    for (int age = ForecastAges.FIRST; age <= ForecastAges.LAST; age++) {
      int count = video[age];
      assertThat(model.forecast(video, age).isPresent()).isEqualTo(count >= minimum);
      model
          .forecast(video, age)
          .ifPresent(
              forecast -> {
                assertThat(forecast.lower()).isGreaterThanOrEqualTo(count);
                assertThat(forecast.views()).isFinite().isGreaterThanOrEqualTo(forecast.lower());
              });
    }
  }

  @Property(tries = 100)
  void higherConfidenceNeverRaisesTheBound(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.5, max = 0.99) double one,
      @ForAll @DoubleRange(min = 0.5, max = 0.99) double other) {
    RegressionStats lessons = Videos.lessons(Videos.random(seed, 30), 1);
    ForecastModel less = model(lessons, Math.min(one, other));
    ForecastModel more = model(lessons, Math.max(one, other));
    int[] video = Videos.growing(5_000, 0.4);
    for (int age = ForecastAges.FIRST; age <= ForecastAges.LAST; age++) {
      assertThat(more.forecast(video, age).orElseThrow().lower())
          .isLessThanOrEqualTo(less.forecast(video, age).orElseThrow().lower());
    }
  }

  private static ForecastModel model(RegressionStats lessons, double confidence) {
    return ForecastModel.of(lessons, new ForecastSettings(1, confidence, Duration.ofDays(7)));
  }
}
