package dev.upswell.popularity.trending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ViewerCapsTest {
  private static final int HOUR = Slots.PER_HOUR;
  private static final int T0 = 480_000 * HOUR;

  /** One more for a viewer and a video; returns how many there were within the hour. */
  private static int count(ViewerCaps caps, long viewer, long video, int slot) {
    int before = caps.get(viewer, video, slot);
    if (before < 254) {
      caps.put(before + 1);
    }
    return before;
  }

  @Test
  void viewersAndVideosAreCountedSeparatelyPerHour() {
    ViewerCaps caps = new ViewerCaps(1_000_000);
    Map<String, int[]> model = new HashMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 300_000; i++) {
      long viewer = 1L + random.nextInt(200);
      long video = 1L + random.nextInt(200);
      int slot = T0 + i / 20 - random.nextInt(6);
      String key = viewer + " " + video;
      int[] hour = model.computeIfAbsent(key, unknown -> new int[] {slot, 0});
      if (slot - hour[0] >= HOUR) {
        hour[0] = slot;
        hour[1] = 0;
      }
      assertThat(count(caps, viewer, video, slot)).as(key).isEqualTo(hour[1]++);
      if (i % 100 == 0) {
        caps.evict(Slots.end(slot - 6));
      }
    }
  }

  @Test
  void viewersCountOnceAcrossTheTurnOfAnHour() {
    ViewerCaps caps = new ViewerCaps(1_000);
    assertThat(count(caps, 1, 7, T0 - 6)).isZero();
    assertThat(count(caps, 1, 7, T0 + 6)).isEqualTo(1);
    assertThat(count(caps, 1, 7, T0 - 7)).as("out of order").isEqualTo(2);
    assertThat(count(caps, 1, 7, T0 - 6 + HOUR - 1)).isEqualTo(3);
    assertThat(count(caps, 1, 7, T0 - 6 + HOUR)).as("an hour after the first").isZero();
  }

  @Test
  void actionsOfEarlierHoursDoNotCount() {
    ViewerCaps caps = new ViewerCaps(1_000);
    count(caps, 1, 7, T0);
    for (int again = 0; again < 3; again++) {
      assertThat(caps.get(1, 7, T0 - HOUR)).isEqualTo(ViewerCaps.TOO_OLD);
      assertThat(caps.get(1, 7, T0)).isEqualTo(1);
    }
  }

  @Test
  void memoryIsBoundedAndTheOldestAreEvictedFirst() {
    ViewerCaps caps = new ViewerCaps(2_000);
    for (int i = 0; i < 100_000; i++) {
      assertThat(count(caps, i + 1, 7, T0)).isZero();
      assertThat(caps.size()).isLessThanOrEqualTo(4_001);
      if (i > 900) {
        assertThat(count(caps, i - 900, 7, T0)).as("%d", i).isPositive();
      }
    }
  }

  @Test
  void packedCapsAreRestoredAndMerged() {
    ViewerCaps some = new ViewerCaps(10_000);
    ViewerCaps others = new ViewerCaps(10_000);
    for (int viewer = 1; viewer <= 3_000; viewer++) {
      count(viewer % 2 == 0 ? some : others, viewer, 7, T0);
    }
    count(others, 2, 7, T0 - 2 * HOUR);
    some.get(1, 1, T0 + HOUR);
    ViewerCaps both = new ViewerCaps(10_000);
    both.add(others.toBytes());
    both.add(some.toBytes());
    both.add(others.toBytes());
    for (int viewer = 1; viewer <= 3_000; viewer++) {
      assertThat(count(both, viewer, 7, T0 + 1)).as("viewer %d", viewer).isEqualTo(1);
    }
    assertThat(count(both, 4_001, 7, T0)).isZero();
    byte[] otherVersion = some.toBytes();
    otherVersion[0] = 1;
    assertThatThrownBy(() -> both.add(otherVersion))
        .hasMessage("version of viewer caps: 1 (expected: 2)");
  }

  @Test
  void eventsHoursAheadEvictNothing() {
    ViewerCaps caps = new ViewerCaps(10_000);
    for (int hour = 0; hour < 50; hour++) {
      for (int viewer = 1; viewer <= 100; viewer++) {
        assertThat(count(caps, 1_000 * hour + viewer, 7, T0 + hour * HOUR)).isZero();
      }
    }
    caps.evict(Slots.end(T0 + 2 * HOUR - 1));
    for (int hour = 0; hour < 50; hour++) {
      for (int viewer = 1; viewer <= 100; viewer++) {
        assertThat(count(caps, 1_000 * hour + viewer, 7, T0 + hour * HOUR + 1)).isEqualTo(1);
      }
    }
  }

  @Test
  void entriesAreEvictedOneHourAfterTheirHour() {
    ViewerCaps caps = new ViewerCaps(1_000);
    count(caps, 1, 7, T0);
    count(caps, 2, 7, T0 + HOUR);
    caps.evict(Slots.end(T0 + 2 * HOUR - 1));
    assertThat(caps.size()).isEqualTo(2);
    caps.evict(Slots.end(T0 + 2 * HOUR + 60));
    assertThat(caps.size()).isEqualTo(1);
    assertThat(count(caps, 2, 7, T0 + HOUR)).isEqualTo(1);
    caps.evict(Slots.end(T0 + 3 * HOUR + 60));
    assertThat(caps.size()).isZero();
  }
}
