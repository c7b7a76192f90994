package dev.upswell.viral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upswell.contract.EventType;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.View;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day of views at speed: what the job remembers is that of the last hours and no more. */
@Tag("long")
class LeakIT {
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final int HOURS = 24;
  private static final int VIEWS_A_MINUTE = 1_500;

  /** Videos that are born in a minute; each is watched for an hour, and never again. */
  private static final int BORN = 10;

  private static final long LIFE = ViewLedger.HOUR;

  /** Allowed growth in bytes: the last hundred promotions, observations and ids. */
  private static final long SMALL = 64 * 1024;

  private static final long HEAP_NOISE = 32L << 20;

  /** The start of an hour, so long ago that all of this is in the past. */
  private final long start = (System.currentTimeMillis() / ViewLedger.HOUR - 30) * ViewLedger.HOUR;

  private final SplittableRandom random = new SplittableRandom(24);
  private long sent;

  private void watch(ViralSystem system, long at) {
    long born = at - random.nextLong(LIFE);
    int sequence = random.nextInt(BORN);
    send(system, VideoIds.at(born - born % ViewLedger.MINUTE, sequence + 1), at);
  }

  private void send(ViralSystem system, long video, long at) {
    sent++;
    system.kafka.send(EventType.VIEWS, (int) (sent % ViralSystem.PARTITIONS), view(video, at));
  }

  private View view(long video, long at) {
    return View.newBuilder()
        .setViewerId(1 + random.nextInt(1_000_000))
        .setVideoId(video)
        .setCreatorId(7)
        .setViewedAt(at)
        .setWatchMs(1_000)
        .setEventId(Long.toString(sent, 36))
        .build();
  }

  private void watch(ViralSystem system, int fromHour, int toHour) {
    long views = (toHour - fromHour) * 60L * VIEWS_A_MINUTE;
    for (long i = 0; i < views; i++) {
      watch(system, start + fromHour * ViewLedger.HOUR + i * ViewLedger.MINUTE / VIEWS_A_MINUTE);
    }
    system.kafka.flush();
    awaitRead(system);
  }

  /** Nearly nothing happens, for long enough to forget the ids of what was before. */
  private void rest(ViralSystem system, long from) {
    for (int minute = 0; minute < 10; minute++) {
      for (int partition = 0; partition < ViralSystem.PARTITIONS; partition++) {
        send(system, ViralSystem.TICK, from + minute * ViewLedger.MINUTE);
      }
    }
    system.kafka.flush();
    awaitRead(system);
  }

  private void awaitRead(ViralSystem system) {
    await().atMost(LONG).until(() -> system.recordsRead() == sent);
  }

  private static long heapBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void stateIsBoundedAndExpiresAndTheHeapDoesNotGrow(@TempDir Path dir) throws IOException {
    try (ViralSystem system = new ViralSystem(dir)) {
      Path savepoints = dir.resolve("savepoints");
      system.startJob("--tiers.viral-above", "200", "--watermark.idle-after", "1h");
      rest(system, start - ViewLedger.HOUR);
      long before = system.savepointBytes(savepoints);

      watch(system, 0, 3);
      long atThree = system.savepointBytes(savepoints);
      long heapAtThree = heapBytes();
      watch(system, 3, 12);
      long atTwelve = system.savepointBytes(savepoints);
      watch(system, 12, HOURS);
      long atEnd = system.savepointBytes(savepoints);
      long heapAtEnd = heapBytes();

      assertThat(atThree).as("after three hours").isGreaterThan(before + 10 * SMALL);
      assertThat((double) atTwelve / atThree).as("state at 12 h of that at 3").isBetween(0.8, 1.25);
      assertThat((double) atEnd / atTwelve).as("state at 24 h of that at 12").isBetween(0.9, 1.1);
      assertThat(heapAtEnd).as("heap after 24 h").isLessThan(heapAtThree + HEAP_NOISE);

      rest(system, start + (HOURS + 3) * ViewLedger.HOUR);
      await()
          .atMost(LONG)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () ->
                  assertThat(system.savepointBytes(savepoints))
                      .as("state three hours after the last view")
                      .isLessThan(before + SMALL));
    }
  }
}
