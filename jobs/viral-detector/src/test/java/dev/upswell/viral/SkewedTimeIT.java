package dev.upswell.viral;

import static dev.upswell.testing.TestKafka.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upswell.contract.EventType;
import dev.upswell.contract.events.HourlyViews;
import dev.upswell.contract.events.LateEvent;
import dev.upswell.contract.events.View;
import dev.upswell.simulation.model.TierModel.Change;
import dev.upswell.viral.ViewLedger.Hour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Time moves, and counts are right, when partitions and producers do not agree on what time is. */
@Tag("long")
class SkewedTimeIT {
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final int VIDEOS = 40;
  private static final int VIRAL_ABOVE = 300;

  /** The start of an hour, so long ago that all of this is in the past. */
  private final long start = (System.currentTimeMillis() / ViewLedger.HOUR - 14) * ViewLedger.HOUR;

  private final ViewLedger ledger = new ViewLedger();
  private final SplittableRandom random = new SplittableRandom(3);
  private long sent;

  // ---- Sending

  /** Sends a view by a new viewer. A few videos get most views. */
  private void watch(ViralSystem system, int partition, long at) {
    sent++;
    long video = ViralSystem.video((long) (VIDEOS * Math.pow(random.nextDouble(), 4)));
    int watchMs = random.nextInt(30_000);
    ledger.add(video, sent, at, watchMs);
    system.kafka.send(EventType.VIEWS, partition, view(video, at, watchMs));
  }

  private View view(long video, long at, int watchMs) {
    return view(video, at, watchMs, Long.toString(sent));
  }

  private View view(long video, long at, int watchMs, String eventId) {
    return View.newBuilder()
        .setViewerId(sent)
        .setVideoId(video)
        .setCreatorId(7)
        .setViewedAt(at)
        .setWatchMs(watchMs)
        .setEventId(eventId)
        .build();
  }

  /** Evenly spread over a time. */
  private void watch(ViralSystem system, int partition, int views, long from, long to) {
    for (int i = 0; i < views; i++) {
      watch(system, partition, from + (to - from) * i / views);
    }
    system.kafka.flush();
  }

  private void awaitRead(ViralSystem system) {
    await().atMost(LONG).until(() -> system.recordsRead() == sent);
  }

  // ---- Asking

  private void awaitHoursOfTheLedger(ViralSystem system) {
    await().atMost(LONG).until(() -> system.hoursByKey().size() >= ledger.hours.size());
    Map<Hour, HourlyViews> found = system.hoursByKey();
    assertThat(found.keySet()).isEqualTo(ledger.hours.keySet());
    ledger.hours.forEach(
        (key, totals) -> {
          assertThat(found.get(key).getViews()).as("views of %s", key).isEqualTo(totals.views);
          assertThat(found.get(key).getWatchMs()).as("time of %s", key).isEqualTo(totals.watchMs);
        });
  }

  private static List<LateEvent> late(ViralSystem system) {
    return system.kafka.read(TOPICS.lateEvents(), LateEvent::newBuilder);
  }

  // ---- Idle partitions

  @Test
  void hoursCloseWithIdlePartitionsAndStayClosed(@TempDir Path dir) throws Exception {
    try (ViralSystem system = new ViralSystem(dir)) {
      system.startJob("--watermark.idle-after", "1s");
      watch(system, 0, 2_000, start, start + 2 * ViewLedger.HOUR);
      system.kafka.send(
          EventType.VIEWS, 0, view(ViralSystem.TICK, start + 4 * ViewLedger.HOUR, 1, ""));
      system.kafka.flush();
      awaitHoursOfTheLedger(system);
      assertThat(late(system)).isEmpty();

      // A producer that was cut off sends what it has; nothing was read here before, so here is no
      // time by which it could be late.
      system.kafka.send(
          EventType.VIEWS, 1, view(ViralSystem.video(0), start + 30 * ViewLedger.MINUTE, 1, ""));
      system.kafka.send(
          EventType.VIEWS,
          1,
          view(ViralSystem.video(VIDEOS), start + 30 * ViewLedger.MINUTE, 1, ""));
      system.kafka.flush();
      await().atMost(LONG).until(() -> system.recordsRead() == sent + 3);
      system.passTo(start + 8 * ViewLedger.HOUR);
      await()
          .atMost(LONG)
          .until(
              () ->
                  system.allHours().stream()
                      .anyMatch(hour -> hour.getVideoId() == ViralSystem.TICK));
      awaitHoursOfTheLedger(system);
    }
  }

  // ---- A partition far behind

  @Test
  void laggingPartitionsHoldTheWatermarkAndNoViewIsLate(@TempDir Path dir) throws Exception {
    long behind = start + 2 * ViewLedger.HOUR;
    long ahead = start + 5 * ViewLedger.HOUR;
    try (ViralSystem system = new ViralSystem(dir)) {
      system.startJob(
          "--watermark.idle-after", "1h",
          "--tiers.viral-above", Integer.toString(VIRAL_ABOVE),
          "--forecast.min-views", "1000000");
      for (int number = 0; number < VIDEOS; number++) {
        system.publish(ViralSystem.video(number));
      }
      for (int partition = 1; partition < ViralSystem.PARTITIONS; partition++) {
        watch(system, partition, 4_000, start, ahead);
      }
      watch(system, 0, 1_600, start, behind);
      awaitRead(system);
      await().atMost(LONG).until(() -> !system.hoursByKey().isEmpty());
      assertThat(system.hoursByKey().keySet()).extracting(Hour::start).containsOnly(start);

      watch(system, 0, 2_400, behind, ahead);
      system.passTo(start + 9 * ViewLedger.HOUR);
      awaitHoursOfTheLedger(system);
      assertThat(late(system)).isEmpty();
      promotionsAreThoseOfTheModel(system, start + 9 * ViewLedger.HOUR);
    }
  }

  private void promotionsAreThoseOfTheModel(ViralSystem system, long end) {
    List<Change> expected = ledger.tierChanges(VIRAL_ABOVE, end / ViewLedger.MINUTE - 2);
    assertThat(expected).hasSizeGreaterThan(10);
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> assertThat(system.tierChanges()).containsExactlyInAnyOrderElementsOf(expected));
  }

  // ---- A producer whose clock is wrong

  @Test
  void producersAheadOfTimeMakeNoOtherViewLate(@TempDir Path dir) throws Exception {
    try (ViralSystem system = new ViralSystem(dir)) {
      // No partition becomes idle between the steps, also on a slow machine.
      system.startJob("--watermark.idle-after", "1h");
      long skew = 4 * ViewLedger.MINUTE;
      long step = 20 * ViewLedger.MINUTE;
      for (long now = start; now < start + 3 * ViewLedger.HOUR; now += step) {
        for (int i = 0; i < 800; i++) {
          long at = now + step * i / 800;
          // One in eight of all views; the others come up to five minutes late as well.
          long viewedAt = i % 8 == 0 ? at + skew : at - random.nextLong(5 * ViewLedger.MINUTE);
          watch(system, i / 8 % ViralSystem.PARTITIONS, viewedAt);
        }
        system.kafka.flush();
        // Or all would be read before time moves.
        awaitRead(system);
      }
      system.passTo(start + 8 * ViewLedger.HOUR);
      awaitHoursOfTheLedger(system);
      assertThat(late(system)).isEmpty();
    }
  }
}
