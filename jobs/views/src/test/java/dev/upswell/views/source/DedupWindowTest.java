package dev.upswell.views.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.Hash64;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DedupWindowTest {
  private static final long WINDOW = 120_000;
  private static final long T0 = 1_780_000_000_000L;

  /** Spread over all bits but the lowest, as those of ids are. */
  private static long fingerprint(long id) {
    return Hash64.mix(id) & ~1;
  }

  @Test
  void idsAreKeptForOneWindowAndEvictedAfterTwo() {
    DedupWindow ids = new DedupWindow(WINDOW, 1_000_000);
    Random random = new Random(1);
    Map<Long, Long> firstSeen = new HashMap<>();
    long time = T0;
    for (int i = 0; i < 200_000; i++) {
      time += random.nextInt(10);
      long id = fingerprint(random.nextLong(1, 30_000));
      Long seen = firstSeen.get(id);
      boolean repeat = ids.isDuplicate(id, time);
      if (seen == null || time - seen > 2 * WINDOW) {
        assertThat(repeat).as("first of %d", id).isFalse();
        firstSeen.put(id, time);
      } else if (time - seen <= WINDOW) {
        assertThat(repeat).as("again of %d after %d ms", id, time - seen).isTrue();
      } else if (!repeat) {
        firstSeen.put(id, time);
      }
    }
    assertThat(ids.size()).isLessThan(60_001);
  }

  @Test
  void sizeIsAtMostTwoGenerations() {
    DedupWindow ids = new DedupWindow(WINDOW, 1_000);
    for (long i = 1; i <= 100_000; i++) {
      long id = fingerprint(i);
      assertThat(ids.isDuplicate(id, T0)).isFalse();
      assertThat(ids.isDuplicate(id, T0)).isTrue();
      assertThat(ids.isDuplicate(fingerprint(Math.max(1, i - 999)), T0)).isTrue();
      assertThat(ids.size()).isLessThanOrEqualTo(2_000);
    }
  }

  @Test
  void restoredWindowsGiveTheSameResults() {
    DedupWindow ids = new DedupWindow(WINDOW, 10_000);
    Random random = new Random(2);
    long time = T0;
    for (int i = 0; i < 50_000; i++) {
      time += random.nextInt(20);
      long id = fingerprint(random.nextLong(1, 40_000));
      if (i % 1_000 == 0) {
        DedupWindow read = new DedupWindow(WINDOW, 10_000);
        read.isDuplicate(5, T0 + 1_000_000_000L);
        read.restore(ids.toBytes());
        assertThat(read.size()).isEqualTo(ids.size());
        assertThat(read.isDuplicate(id, time)).isEqualTo(ids.isDuplicate(id, time));
        ids = read;
      } else {
        ids.isDuplicate(id, time);
      }
    }
  }
}
