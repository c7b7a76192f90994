package dev.upswell.popularity.trending;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ViewerCapsTest {
  private static final long HOUR = 3_600_000;
  private static final long T0 = 480_000 * HOUR;

  /** One more for a viewer and a video; tells how many there were before. */
  private static int count(ViewerCaps caps, long viewer, long video, long time) {
    int before = caps.get(viewer, video, time);
    caps.put(Math.min(255, before + 1));
    return before;
  }

  @Test
  void viewersVideosAndHoursAreCountedSeparately() {
    ViewerCaps caps = new ViewerCaps(1_000_000);
    Map<String, Integer> model = new HashMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 300_000; i++) {
      long viewer = 1L + random.nextInt(200);
      long video = 1L + random.nextInt(200);
      long time = T0 + i * 100L - random.nextInt(60_000);
      String key = viewer + " " + video + " " + time / HOUR;
      int before = model.getOrDefault(key, 0);
      assertThat(count(caps, viewer, video, time)).as(key).isEqualTo(before);
      model.put(key, Math.min(255, before + 1));
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
    some.get(1, 1, T0 + HOUR);
    for (int viewer = 3_001; viewer <= 4_000; viewer++) {
      count(some, viewer, 7, T0 + HOUR - 1);
    }
    ViewerCaps both = new ViewerCaps(10_000);
    both.add(some.toBytes());
    both.add(others.toBytes());
    for (int viewer = 1; viewer <= 4_000; viewer++) {
      assertThat(count(both, viewer, 7, T0 + HOUR - 1)).as("viewer %d", viewer).isEqualTo(1);
    }
    assertThat(count(both, 4_001, 7, T0)).isZero();
  }

  @Test
  void eventsHoursAheadEvictNothing() {
    ViewerCaps caps = new ViewerCaps(1_000);
    for (int hour = 0; hour < 5; hour++) {
      for (int viewer = 1; viewer <= 100; viewer++) {
        assertThat(count(caps, viewer, 7, T0 + hour * HOUR)).isZero();
      }
    }
    caps.evict(T0 + 2 * HOUR - 1);
    for (int hour = 0; hour < 5; hour++) {
      for (int viewer = 1; viewer <= 100; viewer++) {
        assertThat(count(caps, viewer, 7, T0 + hour * HOUR)).isEqualTo(1);
      }
    }
  }

  @Test
  void hoursAreEvictedOneHourAfterTheirEnd() {
    ViewerCaps caps = new ViewerCaps(1_000);
    count(caps, 1, 7, T0);
    count(caps, 1, 7, T0 + HOUR);
    assertThat(caps.size()).isEqualTo(2);
    caps.evict(T0 + 2 * HOUR);
    assertThat(caps.size()).isEqualTo(1);
    caps.evict(T0 + 3 * HOUR);
    assertThat(caps.size()).isZero();
    assertThat(caps.toBytes()).isEmpty();
  }
}
