package dev.upswell.benchmarks.forecast;

import dev.upswell.benchmarks.Benchmark;
import dev.upswell.benchmarks.Settings;
import dev.upswell.benchmarks.report.Row;
import dev.upswell.benchmarks.report.Samples;
import dev.upswell.options.Option;
import dev.upswell.popularity.forecast.Forecast;
import dev.upswell.popularity.forecast.ForecastSettings;
import dev.upswell.processes.Home;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** Errors of forecasts on real cascades, and promotions by them over a week of real activity. */
public final class ForecastBenchmark implements Benchmark {
  private static final ForecastSettings DEFAULTS = ForecastSettings.defaults();
  private static final Option<Path> DATA =
      Option.path(
          "data",
          Path.of("../shared/data"),
          "Folder of the recordings, with cascades and higgs; relative to the repository");

  private static final Option<Double> CONFIDENCE =
      Option.decimal(
          "confidence",
          DEFAULTS.confidence(),
          0.5,
          0.999,
          "With which the lower bound is to be exceeded");
  private static final Option<Integer> MINIMUM =
      Option.integer(
          "minimum", DEFAULTS.minimum(), 1, 1_000, "Views below which no Higgs video is forecast");

  private static final List<Integer> THRESHOLDS = List.of(100, 200, 500, 1_000);
  private static final double PERCENT = 100;

  /** A benchmark for {@code ./bench}. */
  public ForecastBenchmark() {}

  @Override
  public String name() {
    return "forecast";
  }

  @Override
  public String description() {
    return "views of the first hour, forecast from the first minutes of real cascades";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(DATA, CONFIDENCE, MINIMUM);
  }

  /** Always measures everything, because it takes seconds and the figures are deterministic. */
  @Override
  public List<Row> run(Settings settings) {
    Path data = Home.directory().resolve(settings.given().get(DATA));
    List<Cascade> cascades = Cascade.read(data);
    settings.progress("%d cascades, each forecast by the others".formatted(cascades.size()));
    double confidence = settings.given().get(CONFIDENCE);
    LeaveOneOut leaveOneOut = new LeaveOneOut(cascades, confidence);
    List<Row> rows = new ArrayList<>();
    rows.addAll(leaveOneOut.rows(5, 20));
    rows.addAll(leaveOneOut.rows(10, 14));
    rows.addAll(leaveOneOut.rows(30, 5.5));

    List<Video> videos = Video.read(data);
    Map<Video, Map<Integer, Forecast>> forecasts =
        Playback.of(
            videos,
            new ForecastSettings(settings.given().get(MINIMUM), confidence, DEFAULTS.halfLife()));
    settings.progress(
        "%,d videos of the Higgs recording in the order of time, %,d of them forecast"
            .formatted(videos.size(), forecasts.size()));
    rows.add(
        Row.of(
            "Higgs: not below the bound of %.0f %%".formatted(PERCENT * confidence),
            "%",
            share(forecasts, (video, forecast) -> video.hour() >= forecast.lower())));
    for (int age : List.of(5, 10, 30)) {
      rows.add(error(forecasts, age));
    }
    for (int threshold : THRESHOLDS) {
      rows.addAll(promotions(videos, forecasts, threshold));
    }
    return rows;
  }

  private static Row error(Map<Video, Map<Integer, Forecast>> forecasts, int age) {
    List<Double> ours = new ArrayList<>();
    List<Double> counts = new ArrayList<>();
    forecasts.forEach(
        (video, byAge) -> {
          Forecast forecast = byAge.get(age);
          if (forecast != null) {
            ours.add(PERCENT * Math.abs(forecast.views() - video.hour()) / video.hour());
            counts.add(PERCENT * (video.hour() - video.counts()[age]) / video.hour());
          }
        });
    return Row.of(
            "Higgs, from %d min, %,d videos: median error".formatted(age, ours.size()),
            "%",
            Samples.of(new Samples(ours).median()))
        .beside("no model: the count", Samples.of(new Samples(counts).median()));
  }

  private static Samples share(
      Map<Video, Map<Integer, Forecast>> forecasts, BiPredicate<Video, Forecast> counted) {
    long all = 0;
    long those = 0;
    for (Map.Entry<Video, Map<Integer, Forecast>> entry : forecasts.entrySet()) {
      all += entry.getValue().size();
      those +=
          entry.getValue().values().stream()
              .filter(forecast -> counted.test(entry.getKey(), forecast))
              .count();
    }
    return Samples.of(PERCENT * those / all);
  }

  private static List<Row> promotions(
      List<Video> videos, Map<Video, Map<Integer, Forecast>> forecasts, int threshold) {
    Promotions bound = new Promotions(videos, forecasts, threshold, Forecast::lower);
    Promotions point = new Promotions(videos, forecasts, threshold, Forecast::views);
    long first = videos.stream().filter(video -> video.hour() >= threshold).count();
    long ever = videos.stream().filter(video -> video.busiest() >= threshold).count();
    String name = "Higgs, %,d views: ".formatted(threshold);
    List<Row> rows = new ArrayList<>();
    rows.add(
        Row.of(name + "reached in the first hour", "videos", Samples.of((double) first))
            .beside("in any hour", Samples.of((double) ever)));
    rows.add(row(name + "promoted early", "videos", bound.number(), point.number()));
    if (first > 0) {
      rows.add(row(name + "precision", "%", bound.precision(), point.precision()));
      rows.add(row(name + "recall", "%", bound.recall(), point.recall()));
      rows.add(row(name + "median lead", "min", bound.lead(), point.lead()));
      rows.add(
          row(name + "precision, any hour", "%", bound.everPrecision(), point.everPrecision()));
      rows.add(row(name + "recall, any hour", "%", bound.everRecall(), point.everRecall()));
    }
    return rows;
  }

  private static Row row(String figure, String unit, Samples bound, Samples point) {
    return Row.of(figure, unit, bound).beside("point forecast", point);
  }
}
