package dev.upswell.benchmarks.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.benchmarks.report.Samples;
import dev.upswell.popularity.forecast.Forecast;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromotionsTest {
  private static final long PUBLISHED = 1_341_381_600;

  @TempDir private Path data;

  @Test
  void retweetedUserIsAVideoThatStartsWithTheFirstRetweet() throws IOException {
    Video video = videos("1 7 0 MT", "1 7 60 RT", "2 7 119 RT", "3 7 120 RT", "4 7 3900 RT").get(0);
    assertThat(video.published()).isEqualTo(PUBLISHED + 60);
    assertThat(video.counts()).startsWith(0, 2, 3, 3).endsWith(3);
    assertThat(video.busiest()).isEqualTo(3);
    assertThat(video.reached(3)).hasValue(2);
    assertThat(video.reached(4)).isEmpty();
  }

  @Test
  void onlyForecastsBeforeTheCountArePromotions() throws IOException {
    List<Video> videos =
        videos(
            // Reaches 3 after 21 minutes, and 3 in an hour much later, and 3 after 8 minutes.
            "1 7 0 RT",
            "1 7 1 RT",
            "1 7 1200 RT",
            "1 8 0 RT",
            "1 8 9000 RT",
            "1 8 9001 RT",
            "1 8 9002 RT",
            "1 9 0 RT",
            "1 9 1 RT",
            "1 9 420 RT");
    Promotions promotions =
        new Promotions(
            videos,
            Map.of(
                videos.get(0), Map.of(5, new Forecast(9, 2), 11, new Forecast(4, 3)),
                videos.get(1), Map.of(30, new Forecast(3, 3)),
                videos.get(2), Map.of(8, new Forecast(9, 9))),
            3,
            Forecast::lower);
    assertThat(promotions.number()).isEqualTo(Samples.of(2));
    assertThat(promotions.precision()).isEqualTo(Samples.of(50));
    assertThat(promotions.recall()).isEqualTo(Samples.of(50));
    assertThat(promotions.lead()).isEqualTo(Samples.of(10));
    assertThat(promotions.everPrecision()).isEqualTo(Samples.of(100));
    assertThat(promotions.everRecall().median()).isBetween(66.6, 66.7);
  }

  /** Seconds in the lines count from a time of the recording; videos come by their numbers. */
  private List<Video> videos(String... lines) throws IOException {
    Path file =
        Files.createDirectories(data.resolve("higgs")).resolve("higgs-activity_time.txt.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      for (String line : lines) {
        String[] fields = line.split(" ", -1);
        fields[2] = Long.toString(PUBLISHED + Long.parseLong(fields[2]));
        out.write((String.join(" ", fields) + "\n").getBytes(StandardCharsets.US_ASCII));
      }
    }
    return Video.read(data);
  }
}
