package dev.upswell.viral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upswell.contract.EventType;
import dev.upswell.contract.events.View;
import dev.upswell.contract.redis.TierValue;
import dev.upswell.simulation.model.TierModel.Change;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that has lost its state reads the log from the start and takes no decision back. */
class TierReplayIT {
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final int VIRAL_ABOVE = 150;
  private static final int VIDEOS = 30;
  private static final int HOURS = 6;

  /** The start of an hour, so long ago that all of this is in the past. */
  private final long start = (System.currentTimeMillis() / ViewLedger.HOUR - 14) * ViewLedger.HOUR;

  private final ViewLedger ledger = new ViewLedger();
  private long sent;

  /** Each hour other videos are watched most, so tiers go up and down. */
  private void watch(ViralSystem system) {
    SplittableRandom random = new SplittableRandom(5);
    long end = start + HOURS * ViewLedger.HOUR;
    for (long at = start; at < end; at += 1_000) {
      int most = (int) ((at - start) / ViewLedger.HOUR) * 7;
      long video =
          ViralSystem.video((most + (int) (VIDEOS * Math.pow(random.nextDouble(), 3))) % VIDEOS);
      sent++;
      ledger.add(video, sent, at, 1_000);
      View view =
          View.newBuilder()
              .setViewerId(sent)
              .setVideoId(video)
              .setCreatorId(7)
              .setViewedAt(at)
              .setWatchMs(1_000)
              .build();
      system.kafka.send(EventType.VIEWS, (int) (sent % ViralSystem.PARTITIONS), view);
    }
    system.kafka.flush();
  }

  private static void start(ViralSystem system) {
    system.startJob(
        "--tiers.viral-above",
        Integer.toString(VIRAL_ABOVE),
        "--forecast.min-views",
        "1000000",
        "--watermark.idle-after",
        "1h");
  }

  /** The newest version of each video. */
  private static Map<Long, Long> newest(List<Change> changes) {
    Map<Long, Long> versions = new HashMap<>();
    for (Change change : changes) {
      versions.merge(change.videoId(), (change.minute() + 1) * ViewLedger.MINUTE - 1, Math::max);
    }
    return versions;
  }

  private static Map<Long, TierValue> tiers(ViralSystem system, Iterable<Long> videos) {
    Map<Long, TierValue> tiers = new HashMap<>();
    for (long video : videos) {
      system.tier(video).ifPresent(assignment -> tiers.put(video, assignment));
    }
    return tiers;
  }

  private static Map<Long, Long> versions(Map<Long, TierValue> tiers) {
    Map<Long, Long> versions = new HashMap<>();
    tiers.forEach((video, assignment) -> versions.put(video, assignment.version()));
    return versions;
  }

  @Test
  void replaysRevertNoTierAndEndWithTheSameTiers(@TempDir Path dir) throws Exception {
    try (ViralSystem system = new ViralSystem(dir)) {
      for (int number = 0; number < VIDEOS; number++) {
        system.publish(ViralSystem.video(number));
      }
      start(system);
      watch(system);
      // Ten seconds before its newest view time stands, so the last minute that is over is this.
      long last = (start + HOURS * ViewLedger.HOUR) / ViewLedger.MINUTE - 2;
      List<Change> changes = ledger.tierChanges(VIRAL_ABOVE, last);
      Map<Long, Long> newest = newest(changes);
      assertThat(changes).hasSizeGreaterThan(2 * newest.size());
      await()
          .atMost(LONG)
          .untilAsserted(
              () -> assertThat(system.tierChanges()).containsExactlyInAnyOrderElementsOf(changes));
      await().atMost(LONG).until(() -> versions(tiers(system, newest.keySet())).equals(newest));
      Map<Long, TierValue> before = tiers(system, newest.keySet());

      // Else there are no offsets to forget.
      await().atMost(LONG).until(() -> system.recordsRead() == sent);
      system.stopJob();
      system.deleteOffsets();
      start(system);
      await()
          .atMost(LONG)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(
              () -> {
                for (int poll = 0; poll < 20; poll++) {
                  assertThat(tiers(system, newest.keySet())).isEqualTo(before);
                }
                return system.tierChanges().size() >= 2 * changes.size();
              });
      await().atMost(LONG).until(() -> system.recordsRead() == sent);
      assertThat(tiers(system, newest.keySet())).isEqualTo(before);
    }
  }
}
