package dev.upswell.benchmarks.forecast;

import dev.upswell.benchmarks.report.Goal;
import dev.upswell.benchmarks.report.Row;
import dev.upswell.benchmarks.report.Samples;
import dev.upswell.popularity.forecast.Forecast;
import dev.upswell.popularity.forecast.ForecastModel;
import dev.upswell.popularity.forecast.ForecastSettings;
import dev.upswell.popularity.forecast.RegressionStats;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Forecasts each cascade with a model of all others. */
final class LeaveOneOut {
  /** Every cascade is forecast, however few its first views. */
  private static final int MINIMUM = 1;

  private static final double PERCENT = 100;

  private final List<Cascade> cascades;
  private final ForecastSettings settings;

  LeaveOneOut(List<Cascade> cascades, double confidence) {
    this.cascades = cascades;
    settings = new ForecastSettings(MINIMUM, confidence, ForecastSettings.defaults().halfLife());
  }

  /** The median error at an age, beside those of simpler forecasts. */
  List<Row> rows(int age, double goal) {
    Samples ours = error(cascade -> forecast(cascade, age).views());
    Row row = Row.of("cascades, from %d min: median error".formatted(age), "%", ours);
    List<Row> rows = new ArrayList<>();
    rows.add(
        row.beside(Features.COUNT.toString(), fitted(Features.COUNT, age)).to(Goal.atMost(goal)));
    rows.add(row.beside("no model: the count", error(cascade -> cascade.counts()[age])));
    for (Features features :
        List.of(Features.SHAPE, Features.COUNT_AND_FOLLOWERS, Features.SHAPE_AND_FOLLOWERS)) {
      rows.add(row.beside(features.toString(), fitted(features, age)));
    }
    long above =
        cascades.stream()
            .filter(cascade -> cascade.hour() >= forecast(cascade, age).lower())
            .count();
    rows.add(
        Row.of(
            "cascades, from %d min: not below the bound".formatted(age),
            "%",
            Samples.of(PERCENT * above / cascades.size())));
    return rows;
  }

  private Forecast forecast(Cascade cascade, int age) {
    RegressionStats lessons = RegressionStats.none();
    cascades.stream()
        .filter(other -> other != cascade)
        .forEach(other -> lessons.add(other.counts(), MINIMUM));
    return ForecastModel.of(lessons, settings).forecast(cascade.counts(), age).orElseThrow();
  }

  private Samples fitted(Features features, int age) {
    return error(
        cascade -> {
          List<Cascade> others = cascades.stream().filter(other -> other != cascade).toList();
          double[] coefficients =
              LeastSquares.fit(
                  others.stream().map(other -> features.of(other, age)).toList(),
                  others.stream().mapToDouble(other -> Math.log(other.hour())).toArray());
          double[] values = features.of(cascade, age);
          double log = 0;
          for (int i = 0; i < values.length; i++) {
            log += coefficients[i] * values[i];
          }
          return Math.exp(log);
        });
  }

  /** The median of the errors in percent of the truth. */
  private Samples error(ToDoubleFunction<Cascade> forecast) {
    List<Double> errors = new ArrayList<>();
    for (Cascade cascade : cascades) {
      double off = Math.abs(forecast.applyAsDouble(cascade) - cascade.hour());
      errors.add(PERCENT * off / cascade.hour());
    }
    return Samples.of(new Samples(errors).median());
  }
}
