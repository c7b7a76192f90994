package dev.upswell.views.combine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class CombinerTableTest {
  private static final int WIDTH = 3;

  /** One hash for several keys, so that they collide. */
  private static long hash(long key) {
    return key % 4;
  }

  private static int find(CombinerTable table, long key) {
    int at = table.first(hash(key));
    while (table.isUsed(at) && table.get(at) != key) {
      at = table.next(at);
    }
    return at;
  }

  @Property(tries = 200)
  void sumsEqualThoseOfAMapWithCollisions(
      @ForAll List<@IntRange(min = 1, max = 60) Integer> keys,
      @ForAll @IntRange(min = 1, max = 40) int maxEntries) {
    CombinerTable table = new CombinerTable(maxEntries, WIDTH);
    Map<Long, Long> expected = new HashMap<>();
    for (long key : keys) {
      int at = find(table, key);
      if (!table.isUsed(at)) {
        table.insert(at, key);
        table.set(at + 1, -key);
      }
      table.add(at + 2, 1);
      expected.merge(key, 1L, Long::sum);
      assertThat(table.isFull()).isEqualTo(expected.size() >= maxEntries);
      if (table.isFull()) {
        checkAndClear(table, expected);
      }
    }
    checkAndClear(table, expected);
  }

  private static void checkAndClear(CombinerTable table, Map<Long, Long> expected) {
    Map<Long, Long> found = new HashMap<>();
    table.forEach(
        at -> {
          assertThat(table.get(at + 1)).isEqualTo(-table.get(at));
          assertThat(found.put(table.get(at), table.get(at + 2))).isNull();
        });
    assertThat(found).isEqualTo(expected);
    table.clear();
    table.forEach(at -> assertThat(at).as("entry after clear").isNull());
    expected.clear();
  }
}
