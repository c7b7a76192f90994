package dev.upswell.popularity.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Forecasts each of 50 real cascades (TiDeH), where they are, after lessons from the others. */
class ForecastDataTest {
  private static final ForecastSettings SETTINGS = new ForecastSettings(1, 0.8, Duration.ofDays(7));

  private final Path file =
      Path.of(System.getProperty("upswell.home", "."))
          .resolve("../shared/data/cascades/retweets.csv.gz")
          .normalize();

  @BeforeEach
  void fileExists() {
    assumeTrue(Files.isReadable(file), "skipped: no cascades in " + file);
  }

  @Test
  void medianErrorIsBelowItsTargets() throws IOException {
    List<int[]> videos = read(second -> (second + 59) / 60);
    assertThat(videos).hasSize(50);
    assertThat(medianError(videos, 5)).isLessThanOrEqualTo(0.20);
    assertThat(medianError(videos, 10)).isLessThanOrEqualTo(0.14);
    assertThat(medianError(videos, 30)).isLessThanOrEqualTo(0.055);
  }

  /**
   * A view in the very second in which a minute ends belongs to the next one in a job's buckets.
   */
  @Test
  void medianErrorIsBelowItsTargetsInBuckets() throws IOException {
    List<int[]> videos = read(second -> second / 60 + 1);
    assertThat(medianError(videos, 5)).isLessThanOrEqualTo(0.20);
    assertThat(medianError(videos, 10)).isLessThanOrEqualTo(0.14);
    assertThat(medianError(videos, 30)).isLessThanOrEqualTo(0.055);
  }

  @Test
  void lowerBoundHoldsWithAtLeastItsConfidence() throws IOException {
    List<int[]> videos = read(second -> (second + 59) / 60);
    for (int age : new int[] {5, 10, 30}) {
      long above = 0;
      for (int i = 0; i < videos.size(); i++) {
        int[] video = videos.get(i);
        Forecast forecast = without(videos, i).forecast(video, age).orElseThrow();
        above += video[ForecastAges.HOUR] >= forecast.lower() ? 1 : 0;
      }
      assertThat(above).isBetween(40L, 49L);
    }
  }

  private static double medianError(List<int[]> videos, int age) {
    double[] errors = new double[videos.size()];
    for (int i = 0; i < errors.length; i++) {
      int[] video = videos.get(i);
      double views = without(videos, i).forecast(video, age).orElseThrow().views();
      errors[i] = Math.abs(views - video[ForecastAges.HOUR]) / video[ForecastAges.HOUR];
    }
    Arrays.sort(errors);
    return (errors[errors.length / 2 - 1] + errors[errors.length / 2]) / 2;
  }

  private static ForecastModel without(List<int[]> videos, int left) {
    List<int[]> others = new ArrayList<>(videos);
    others.remove(left);
    return ForecastModel.of(Videos.lessons(others, SETTINGS.minimum()), SETTINGS);
  }

  private List<int[]> read(IntUnaryOperator minute) throws IOException {
    Map<String, int[]> perMinute = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split(",", -1);
        int[] counts = perMinute.get(fields[0]);
        int at = minute.applyAsInt((int) Double.parseDouble(fields[1]));
        if (counts == null) {
          // The first row is the author, not a viewer.
          perMinute.put(fields[0], new int[ForecastAges.HOUR + 1]);
        } else if (at <= ForecastAges.HOUR) {
          counts[at]++;
        }
      }
    }
    perMinute.values().forEach(counts -> Arrays.parallelPrefix(counts, Integer::sum));
    return List.copyOf(perMinute.values());
  }
}
