package dev.upswell.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class VideoIdsTest {
  private static final long MILLIS_2026 = Instant.parse("2026-11-22T10:00:00.123Z").toEpochMilli();
  private static final long MILLIS_2080 = Instant.parse("2080-12-31T23:59:59.999Z").toEpochMilli();

  @Property
  void idIsPositiveAndKeepsItsMillisecondFrom2020To2080(
      @ForAll @LongRange(min = 1_577_836_800_001L, max = 3_502_828_799_999L) long millis,
      @ForAll @IntRange(max = 4_194_303) int low) {
    long id = VideoIds.at(millis, low);
    assertThat(id).isPositive();
    assertThat(VideoIds.millisOf(id)).isEqualTo(millis);
  }

  @Property
  void idsAreOrderedByTime(
      @ForAll @LongRange(min = 1_577_836_800_001L, max = 3_502_828_799_999L) long millis,
      @ForAll @IntRange(max = 4_194_303) int low,
      @ForAll @IntRange(max = 4_194_303) int lowOfNext) {
    assertThat(VideoIds.at(millis, low)).isLessThan(VideoIds.at(millis + 1, lowOfNext));
  }

  @Property
  void everyPositiveIdHasATime(@ForAll @LongRange(min = 1) long id) {
    assertThat(VideoIds.millisOf(id)).isBetween(VideoIds.EPOCH_MILLIS, 3_776_860_055_551L);
  }

  @Test
  void idsContainMillisecondsAndLowBits() {
    assertThat(VideoIds.EPOCH_MILLIS)
        .isEqualTo(Instant.parse("2020-01-01T00:00:00Z").toEpochMilli());
    assertThat(VideoIds.at(VideoIds.EPOCH_MILLIS + 3, 5)).isEqualTo((3L << 22) + 5);
  }

  @Test
  void idsContainTheirTime() {
    VideoIds ids = new VideoIds(InstantSource.fixed(Instant.ofEpochMilli(MILLIS_2026)), 7);
    assertThat(VideoIds.millisOf(ids.next())).isEqualTo(MILLIS_2026);
  }

  @Test
  void idsOfDifferentNodesDiffer() {
    InstantSource clock = InstantSource.fixed(Instant.ofEpochMilli(MILLIS_2026));
    assertThat(new VideoIds(clock, 1023).next() >> 12 & 1023).isEqualTo(1023);
    assertThat(new VideoIds(clock, 0).next() >> 12 & 1023).isZero();
  }

  @Test
  void idsGrowWhenAMillisecondOverflows() {
    VideoIds ids = new VideoIds(InstantSource.fixed(Instant.ofEpochMilli(MILLIS_2026)), 1);
    long last = 0;
    for (int i = 0; i < 20_000; i++) {
      long next = ids.next();
      assertThat(next).isGreaterThan(last);
      last = next;
    }
  }

  @Test
  void idsGrowWhenTheClockStepsBackByAnHour() {
    AtomicLong now = new AtomicLong(MILLIS_2026);
    VideoIds ids = new VideoIds(() -> Instant.ofEpochMilli(now.get()), 1);
    long before = ids.next();
    now.addAndGet(-3_600_000);
    assertThat(ids.next()).isGreaterThan(before);
  }

  @Test
  void idsAreUniqueAndGrowAcrossThreads() throws Exception {
    VideoIds ids = new VideoIds(InstantSource.system(), 3);
    Set<Long> all = ConcurrentHashMap.newKeySet();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Collection<Future<Boolean>> grew = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        grew.add(threads.submit(() -> takeAndSeeThemGrow(ids, all)));
      }
      for (Future<Boolean> each : grew) {
        assertThat(each.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(all).hasSize(40_000);
  }

  private static boolean takeAndSeeThemGrow(VideoIds ids, Set<Long> all) {
    long last = 0;
    boolean grew = true;
    for (int i = 0; i < 10_000; i++) {
      long next = ids.next();
      grew &= next > last;
      last = next;
      all.add(next);
    }
    return grew;
  }

  @Test
  void valuesOutOfRangeAreRejectedWithTheRange() {
    assertThatThrownBy(() -> new VideoIds(InstantSource.system(), 1024))
        .hasMessage("node: 1024 (expected: 0..1023)");
    assertThatThrownBy(() -> VideoIds.at(MILLIS_2026, -1))
        .hasMessage("low22: -1 (expected: 0..4194303)");
    assertThatThrownBy(() -> VideoIds.at(MILLIS_2026, 1 << 22))
        .hasMessage("low22: 4194304 (expected: 0..4194303)");
    assertThatThrownBy(() -> VideoIds.at(VideoIds.EPOCH_MILLIS, 0))
        .hasMessage("low22: 0 (expected: 1..4194303)");
    assertThatThrownBy(() -> VideoIds.at(0, 0))
        .hasMessage(
            "time of a video id: 0 (expected: 2020-01-01T00:00:00Z..2089-09-06T15:47:35.551Z)");
    List<Long> outside = List.of(VideoIds.EPOCH_MILLIS - 1, 3_776_860_055_551L + 1);
    for (long millis : outside) {
      VideoIds ids = new VideoIds(InstantSource.fixed(Instant.ofEpochMilli(millis)), 0);
      assertThatThrownBy(ids::next).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(VideoIds.at(MILLIS_2080, 0)).isPositive();
  }
}
