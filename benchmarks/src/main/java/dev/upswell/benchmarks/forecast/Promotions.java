package dev.upswell.benchmarks.forecast;

import dev.upswell.benchmarks.report.Samples;
import dev.upswell.popularity.forecast.Forecast;
import dev.upswell.popularity.forecast.ForecastAges;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Videos that are promoted because a figure of their forecast reaches a threshold before their
 * count does.
 */
final class Promotions {
  private static final double PERCENT = 100;

  private final List<Video> videos;
  private final int threshold;
  private final Map<Video, Integer> ages = new LinkedHashMap<>();

  /** Promotes by the bound or by the forecast itself. */
  Promotions(
      List<Video> videos,
      Map<Video, Map<Integer, Forecast>> forecasts,
      int threshold,
      ToDoubleFunction<Forecast> figure) {
    this.videos = videos;
    this.threshold = threshold;
    forecasts.forEach(
        (video, byAge) -> {
          int reached = video.reached(threshold).orElse(ForecastAges.HOUR);
          for (int age = ForecastAges.FIRST; age < reached && !ages.containsKey(video); age++) {
            Forecast forecast = byAge.get(age);
            if (forecast != null && figure.applyAsDouble(forecast) >= threshold) {
              ages.put(video, age);
            }
          }
        });
  }

  /** Returns their number. */
  Samples number() {
    return Samples.of(ages.size());
  }

  /** Returns the percentage that reaches the threshold in the first hour. */
  Samples precision() {
    return percent(ages.keySet().stream().filter(this::reaches).count(), ages.size());
  }

  /** Returns the percentage of videos with a number of views in any hour. */
  Samples everPrecision() {
    return percent(ages.keySet().stream().filter(this::everReaches).count(), ages.size());
  }

  /**
   * Returns the share of them among videos that reach the threshold in the first hour, in percent.
   */
  Samples recall() {
    return percent(
        ages.keySet().stream().filter(this::reaches).count(),
        videos.stream().filter(this::reaches).count());
  }

  /** Returns the precision among videos with a number of views in any hour, in percent. */
  Samples everRecall() {
    return percent(
        ages.keySet().stream().filter(this::everReaches).count(),
        videos.stream().filter(this::everReaches).count());
  }

  /**
   * Returns the median of minutes from the promotion to the threshold, among videos that reach it.
   */
  Samples lead() {
    List<Double> minutes =
        ages.entrySet().stream()
            .filter(entry -> reaches(entry.getKey()))
            .map(
                entry ->
                    (double) entry.getKey().reached(threshold).orElseThrow() - entry.getValue())
            .toList();
    return minutes.isEmpty() ? Samples.of(0) : Samples.of(new Samples(minutes).median());
  }

  private boolean reaches(Video video) {
    return video.hour() >= threshold;
  }

  private boolean everReaches(Video video) {
    return video.busiest() >= threshold;
  }

  private static Samples percent(long part, long all) {
    return Samples.of(all == 0 ? 0 : PERCENT * part / all);
  }
}
