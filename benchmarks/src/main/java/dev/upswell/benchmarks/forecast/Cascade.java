package dev.upswell.benchmarks.forecast;

import dev.upswell.benchmarks.data.Lines;
import dev.upswell.popularity.forecast.ForecastAges;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A real cascade of retweets (R. Kobayashi and R. Lambiotte, "TiDeH", ICWSM 2016), taken as the
 * views of a video. The author, the first row at second 0, is no viewer.
 */
final class Cascade {
  private static final int MINUTE = 60;

  private final int[] counts = new int[ForecastAges.HOUR + 1];
  private final double followers;

  private Cascade(double followers) {
    this.followers = followers;
  }

  /** Reads {@code cascade,seconds_since_post,followers}, sorted. */
  static List<Cascade> read(Path data) {
    Map<String, Cascade> all = new LinkedHashMap<>();
    Lines.read(
        data.resolve("cascades/retweets.csv.gz"),
        line -> {
          String[] fields = line.split(",", -1);
          Cascade cascade = all.get(fields[0]);
          if (cascade != null) {
            cascade.add((int) Double.parseDouble(fields[1]));
          } else if (!fields[0].equals("cascade")) {
            all.put(fields[0], new Cascade(Double.parseDouble(fields[2])));
          }
        });
    all.values().forEach(Cascade::sumUp);
    return List.copyOf(all.values());
  }

  private void add(int second) {
    int minute = (second + MINUTE - 1) / MINUTE;
    if (minute <= ForecastAges.HOUR) {
      counts[minute]++;
    }
  }

  private void sumUp() {
    for (int minute = 1; minute <= ForecastAges.HOUR; minute++) {
      counts[minute] += counts[minute - 1];
    }
  }

  /** Views until each minute by its number, its last second included. */
  int[] counts() {
    return counts;
  }

  /** Returns the followers of the author. */
  double followers() {
    return followers;
  }

  /** Returns the value to forecast. */
  double hour() {
    return counts[ForecastAges.HOUR];
  }
}
