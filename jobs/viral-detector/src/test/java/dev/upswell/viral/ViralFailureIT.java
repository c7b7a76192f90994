package dev.upswell.viral;

import static dev.upswell.testing.TestKafka.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upswell.contract.events.DeadLetter;
import dev.upswell.contract.events.HourlyViews;
import dev.upswell.contract.events.Promotion;
import dev.upswell.contract.events.Promotion.Reason;
import dev.upswell.contract.events.Tier;
import dev.upswell.processes.FlinkCluster;
import dev.upswell.processes.Home;
import dev.upswell.viral.ViewLedger.Hour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job's jar on a cluster of its own processes, which are killed, stopped and rescaled. */
@Tag("long")
class ViralFailureIT {
  private static final Path JAR =
      Home.directory().resolve("jobs/viral-detector/target/viral-detector.jar");
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int VIRAL_ABOVE = 5_000;
  private static final int VIEWS = 5_000_000;
  private static final int VIEWS_AFTER = 250_000;
  private static final int KILLS = 3;

  /** The start of an hour, so long ago that all of this is in the past. */
  private final long start = (System.currentTimeMillis() / ViewLedger.HOUR - 10) * ViewLedger.HOUR;

  private final ViewLedger ledger = new ViewLedger();
  private final ViewLedger withoutLate = new ViewLedger();
  private final ViewLoad load = new ViewLoad(42, ledger, withoutLate);

  @Test
  void everyViewCountsOnceThroughKillsAndRescaling(@TempDir Path dir) {
    try (ViralSystem system = new ViralSystem(dir);
        FlinkCluster flink = system.startCluster()) {
      List<String> arguments =
          system.arguments(
              "--tiers.viral-above", Integer.toString(VIRAL_ABOVE),
              "--tiers.edge-percent", "0",
              "--tiers.regional-percent", "0",
              "--forecast.min-views", "1000000");
      long at = start + 90 * ViewLedger.MINUTE;
      ViewLoad.publish(system);
      load.send(system, VIEWS, start, at);
      String job = flink.submit(JAR, arguments);
      for (int kill = 0; kill < KILLS; kill++) {
        long until = VIEWS * (kill + 1L) / (KILLS + 1);
        await().atMost(LONG).until(() -> system.recordsRead() > until);
        assertThat(system.recordsRead()).as("read at kill %d", kill).isLessThan(load.records());
        flink.killTaskManager(kill);
        flink.startTaskManager();
        flink.awaitRunning(job, LONG);
      }
      await().atMost(LONG).until(() -> system.recordsRead() == load.records());

      Path savepoint = flink.stopWithSavepoint(job, dir.resolve("savepoints"));
      for (int parallelism : List.of(1, 2)) {
        job = flink.submit(JAR, arguments, Optional.of(savepoint), parallelism);
        flink.awaitRunning(job, LONG);
        load.send(system, VIEWS_AFTER, at, at + 20 * ViewLedger.MINUTE);
        at += 20 * ViewLedger.MINUTE;
        savepoint = flink.stopWithSavepoint(job, dir.resolve("savepoints"));
      }
      flink.awaitRunning(flink.submit(JAR, arguments, Optional.of(savepoint), 2), LONG);
      system.passTo(at + 4 * ViewLedger.HOUR);

      await()
          .atMost(LONG)
          .pollInterval(Duration.ofSeconds(2))
          .until(() -> system.hours().size() >= ledger.hours.size());
      hoursAreThoseOfTheLedger(system.hoursByKey());
      tiersAreThoseOfTheModel(system);
      assertThat(system.kafka.<DeadLetter>read(TOPICS.deadLetters(), DeadLetter::newBuilder))
          .hasSizeGreaterThanOrEqualTo(load.malformed());
    }
  }

  private void hoursAreThoseOfTheLedger(Map<Hour, HourlyViews> found) {
    assertThat(found.keySet()).isEqualTo(ledger.hours.keySet());
    assertThat(found.values().stream().mapToLong(HourlyViews::getViews).sum())
        .isEqualTo(ledger.hours.values().stream().mapToLong(totals -> totals.views).sum());
    ledger.hours.forEach(
        (key, totals) -> {
          HourlyViews hour = found.get(key);
          assertThat(hour.getViews()).as("views of %s", key).isEqualTo(totals.views);
          assertThat(hour.getWatchMs()).as("time of %s", key).isEqualTo(totals.watchMs);
          assertThat(hour.getCreatorId()).as("creator of %s", key).isEqualTo(ViralSystem.CREATOR);
          if (key.videoId() % ViewLedger.VIEWERS_OF_ONE_IN == 0) {
            int viewers = totals.viewers.size();
            // Five standard errors; exact while there are few.
            assertThat(hour.getDistinctViewers())
                .as("viewers of %s", key)
                .isBetween((int) (viewers * 0.88), (int) Math.ceil(viewers * 1.12));
          }
        });
  }

  private void tiersAreThoseOfTheModel(ViralSystem system) {
    Set<Long> viral = ledger.everAbove(VIRAL_ABOVE);
    assertThat(viral).hasSizeGreaterThan(5).contains(ViewLoad.HOT);
    // So it does not matter when those that came late did.
    assertThat(withoutLate.everAbove(VIRAL_ABOVE)).isEqualTo(viral);
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(promoted(system, Reason.COOLED)).isEqualTo(viral));
    assertThat(promoted(system, Reason.VIRAL)).isEqualTo(viral);
    for (long video : viral) {
      await().atMost(LONG).until(() -> system.tier(video).orElseThrow().tier() == Tier.ORIGIN);
    }
  }

  private static Set<Long> promoted(ViralSystem system, Reason reason) {
    Set<Long> videos = new HashSet<>();
    for (Promotion promotion : system.promotions()) {
      if (promotion.getReason() == reason) {
        videos.add(promotion.getVideoId());
      }
    }
    return videos;
  }
}
