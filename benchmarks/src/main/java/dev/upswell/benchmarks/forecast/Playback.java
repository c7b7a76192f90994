package dev.upswell.benchmarks.forecast;

import dev.upswell.popularity.forecast.Forecast;
import dev.upswell.popularity.forecast.ForecastAges;
import dev.upswell.popularity.forecast.ForecastModel;
import dev.upswell.popularity.forecast.ForecastSettings;
import dev.upswell.popularity.forecast.RegressionStats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Replays videos in the order of time. Each is forecast at every minute of its first hour by a
 * model of the videos that were an hour old by then. Once an hour of event time the model is solved
 * again and observations decay, as in the job.
 */
final class Playback {
  private static final long MINUTE = 60;
  private static final long HOUR = 3_600;

  private final ForecastSettings settings;
  private final RegressionStats lessons = RegressionStats.none();
  private final Map<Video, Map<Integer, Forecast>> forecasts = new LinkedHashMap<>();
  private ForecastModel model;
  private long hour;

  private Playback(ForecastSettings settings, long first) {
    this.settings = settings;
    model = ForecastModel.of(lessons, settings);
    hour = first / HOUR;
  }

  /** Something that happens to a video, at its age in minutes. */
  private record Moment(Video video, int age) {
    long at() {
      return video.published() + age * MINUTE;
    }

    boolean isLesson() {
      return age == ForecastAges.HOUR;
    }
  }

  /** Returns the forecasts of each video by its age; videos without any are absent. */
  static Map<Video, Map<Integer, Forecast>> of(List<Video> videos, ForecastSettings settings) {
    List<Moment> moments = new ArrayList<>();
    for (Video video : videos) {
      for (int age = ForecastAges.FIRST; age <= ForecastAges.HOUR; age++) {
        if (video.counts()[ForecastAges.LAST] >= settings.minimum()) {
          moments.add(new Moment(video, age));
        }
      }
    }
    // The sort is stable: of the same second, in the order of the videos.
    moments.sort(Comparator.comparingLong(Moment::at));
    Playback playback = new Playback(settings, moments.get(0).at());
    moments.forEach(playback::pass);
    return playback.forecasts;
  }

  private void pass(Moment moment) {
    long now = moment.at() / HOUR;
    if (now > hour) {
      lessons.decay(settings.weightAfter(now - hour));
      model = ForecastModel.of(lessons, settings);
      hour = now;
    }
    Video video = moment.video();
    if (moment.isLesson()) {
      lessons.add(video.counts(), settings.minimum());
    } else {
      model
          .forecast(video.counts(), moment.age())
          .ifPresent(
              forecast ->
                  forecasts
                      .computeIfAbsent(video, unknown -> new LinkedHashMap<>())
                      .put(moment.age(), forecast));
    }
  }
}
