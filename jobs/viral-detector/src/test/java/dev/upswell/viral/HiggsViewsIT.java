package dev.upswell.viral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.upswell.contract.EventType;
import dev.upswell.contract.events.HourlyViews;
import dev.upswell.contract.events.Promotion;
import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.View;
import dev.upswell.processes.Home;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A recorded week of Twitter (SNAP, "Higgs", De Domenico et al. 2013): a view is a retweet, its
 * video the user who is retweeted.
 */
@Tag("long")
class HiggsViewsIT {
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final int RETWEETS = 354_930;

  /** From 2012 to 2024 in whole days, which leaves UTC hours what they are. */
  private static final long LATER = Duration.ofDays(4_383).toMillis();

  private final Path file =
      Home.directory().resolve("../shared/data/higgs/higgs-activity_time.txt.gz");
  private final ViewLedger ledger = new ViewLedger();
  private final Set<Long> published = new HashSet<>();
  private long last;

  @BeforeEach
  void fileExists() {
    assumeTrue(Files.isRegularFile(file), "skipped: no " + file);
  }

  @ParameterizedTest
  @CsvSource({"100, 269", "500, 29", "1000, 9"})
  void hoursAndViralVideosAreThoseOfAnOracle(int views, int hoursWithAsMany, @TempDir Path dir)
      throws IOException {
    try (ViralSystem system = new ViralSystem(dir)) {
      replay(system);
      system.publish(published.stream().mapToLong(Long::longValue).toArray());
      system.startJob("--tiers.viral-above", Integer.toString(views));
      system.passTo(last + 4 * ViewLedger.HOUR);

      await()
          .atMost(LONG)
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> system.hours().size() >= ledger.hours.size());
      List<HourlyViews> hours = system.hours();
      assertThat(hours).hasSize(ledger.hours.size());
      assertThat(hours.stream().mapToInt(HourlyViews::getViews).sum()).isEqualTo(RETWEETS);
      assertThat(hours.stream().filter(hour -> hour.getViews() >= views)).hasSize(hoursWithAsMany);
      Set<Long> oracle = ledger.everAbove(views);
      await().atMost(LONG).untilAsserted(() -> assertThat(viral(system)).isEqualTo(oracle));
    }
  }

  private void replay(ViralSystem system) throws IOException {
    try (var in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] row = line.split(" ", -1);
        if (row[3].equals("RT")) {
          last = Long.parseLong(row[2]) * 1_000 + LATER;
          retweet(system, Long.parseLong(row[0]), Long.parseLong(row[1]));
        }
      }
    }
    system.kafka.flush();
  }

  private void retweet(ViralSystem system, long viewer, long video) {
    long videoId = ViralSystem.video(video);
    published.add(videoId);
    ledger.add(videoId, viewer, last, 0);
    system.kafka.send(
        EventType.VIEWS,
        View.newBuilder()
            .setViewerId(viewer)
            .setVideoId(videoId)
            .setCreatorId(videoId)
            .setViewedAt(last)
            .build());
  }

  private static Set<Long> viral(ViralSystem system) {
    return system.promotions().stream()
        .filter(promotion -> promotion.getReason() == Reason.VIRAL)
        .map(Promotion::getVideoId)
        .collect(Collectors.toSet());
  }
}
