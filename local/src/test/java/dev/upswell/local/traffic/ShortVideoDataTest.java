package dev.upswell.local.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.upswell.processes.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds the numbers in the code against the tables that they were taken from, where those are. */
class ShortVideoDataTest {
  private final Path tables = Home.directory().resolve("../shared/data/short-video");

  @BeforeEach
  void tablesAreThere() {
    assumeTrue(Files.isDirectory(tables), "skipped: no tables of KuaiRand-27K in " + tables);
  }

  @Test
  void exposuresPerVideoAreThoseOfTheTable() throws IOException {
    List<long[]> rows = rows("log_standard_video_exposure_freq.csv");
    double videos = rows.stream().mapToLong(row -> row[1]).sum();
    long seen = 0;
    for (long[] row : rows) {
      seen += row[1];
      double share = seen / videos;
      // Log-linear between points: nowhere off by more than a third.
      assertThat(ShortVideo.EXPOSURES_PER_VIDEO.at(share) / row[0])
          .as("exposures of %s of all videos", share)
          .isBetween(0.75, 1.34);
    }
  }

  @Test
  void exposuresPerUserAreThoseOfTheTable() throws IOException {
    long[] sorted =
        rows("log_standard_user_stats_distribution.csv").stream()
            .mapToLong(row -> row[0])
            .sorted()
            .toArray();
    for (double share : new double[] {0.05, 0.15, 0.35, 0.5, 0.75, 0.9, 0.97, 0.995}) {
      double value = sorted[(int) (share * sorted.length)];
      assertThat(ShortVideo.EXPOSURES_PER_USER.at(share) / value).isCloseTo(1, within(0.05));
    }
  }

  @Test
  void hoursOfADayEqualTheTable() throws IOException {
    List<long[]> rows = rows("log_standard_hourly.csv");
    double mean = rows.stream().mapToLong(row -> row[1]).average().orElseThrow();
    for (long[] row : rows) {
      assertThat(ShortVideo.busyness(row[0] + 0.5)).isCloseTo(row[1] / mean, within(0.005));
    }
  }

  private List<long[]> rows(String file) throws IOException {
    return Files.readAllLines(tables.resolve(file)).stream()
        .skip(1)
        .map(line -> Arrays.stream(line.split(",")).mapToLong(ShortVideoDataTest::whole).toArray())
        .toList();
  }

  private static long whole(String number) {
    return (long) Double.parseDouble(number);
  }
}
