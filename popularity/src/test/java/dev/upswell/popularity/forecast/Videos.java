package dev.upswell.popularity.forecast;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Videos that are made up: the views of their first minutes, by their number. */
final class Videos {
  private Videos() {}

  /** Views grow as a power of the age. */
  static int[] growing(double views, double exponent) {
    int[] counts = new int[ForecastAges.HOUR + 1];
    for (int minute = 1; minute <= ForecastAges.HOUR; minute++) {
      counts[minute] =
          (int) Math.round(views * Math.pow((double) minute / ForecastAges.HOUR, exponent));
    }
    return counts;
  }

  /** Views come in any minutes, whole hours of them or none. */
  static int[] random(Random random) {
    int[] perMinute = new int[ForecastAges.HOUR];
    int most = 1 << random.nextInt(20);
    for (int minute = 0; minute < ForecastAges.HOUR; minute++) {
      perMinute[minute] = random.nextInt(4) == 0 ? random.nextInt(most) : 0;
    }
    return ForecastAges.cumulative(perMinute);
  }

  static List<int[]> random(long seed, int number) {
    Random random = new Random(seed);
    List<int[]> videos = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      videos.add(random(random));
    }
    return videos;
  }

  static RegressionStats lessons(List<int[]> videos, int minimum) {
    RegressionStats lessons = RegressionStats.none();
    videos.forEach(video -> lessons.add(video, minimum));
    return lessons;
  }
}
