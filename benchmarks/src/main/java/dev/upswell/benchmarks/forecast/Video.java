package dev.upswell.benchmarks.forecast;

import dev.upswell.benchmarks.data.Lines;
import dev.upswell.popularity.forecast.ForecastAges;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A retweeted user of the Higgs dataset (M. De Domenico et al., "The Anatomy of a Scientific
 * Rumor", 2013; https://snap.stanford.edu/data/higgs-twitter.html), as a video that was published
 * with its first view; a view is a retweet.
 */
final class Video {
  private static final int MINUTE = 60;
  private static final int HOUR = 3_600;

  private final List<Long> views = new ArrayList<>();
  private final int[] counts = new int[ForecastAges.HOUR + 1];
  private int busiest;

  private Video() {}

  /** Reads {@code actor author unixSeconds kind}, sorted by time; videos by their first view. */
  static List<Video> read(Path data) {
    Map<String, Video> all = new LinkedHashMap<>();
    Lines.read(
        data.resolve("higgs/higgs-activity_time.txt.gz"),
        line -> {
          String[] fields = line.split(" ", -1);
          if (fields[3].equals("RT")) {
            all.computeIfAbsent(fields[1], author -> new Video())
                .views
                .add(Long.valueOf(fields[2]));
          }
        });
    all.values().forEach(Video::sumUp);
    return List.copyOf(all.values());
  }

  private void sumUp() {
    int first = 0;
    for (int i = 0; i < views.size(); i++) {
      long minute = (views.get(i) - published()) / MINUTE;
      if (minute < ForecastAges.HOUR) {
        counts[(int) minute + 1]++;
      }
      while (views.get(first) <= views.get(i) - HOUR) {
        first++;
      }
      busiest = Math.max(busiest, i - first + 1);
    }
    for (int minute = 1; minute <= ForecastAges.HOUR; minute++) {
      counts[minute] += counts[minute - 1];
    }
  }

  /** Unix seconds. */
  long published() {
    return views.get(0);
  }

  /** Views of the first minutes by their number. */
  int[] counts() {
    return counts;
  }

  /** Views of the first hour. */
  int hour() {
    return counts[ForecastAges.HOUR];
  }

  /** Returns the maximum of views in any hour, beginning at any second. */
  int busiest() {
    return busiest;
  }

  /** Returns the first whole minute of the first hour with a number of views. */
  OptionalInt reached(int threshold) {
    for (int minute = 1; minute <= ForecastAges.HOUR; minute++) {
      if (counts[minute] >= threshold) {
        return OptionalInt.of(minute);
      }
    }
    return OptionalInt.empty();
  }
}
