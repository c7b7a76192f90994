package dev.upswell.trending;

import dev.upswell.popularity.trending.TrendCount;
import java.util.Arrays;
import java.util.function.ObjIntConsumer;

/** Counts of a creator until the end of their slot, in packed form. */
final class BufferedTrendCounts {
  /** Numbers of a count. */
  private static final int WIDTH = 9;

  private long[] numbers = new long[WIDTH];
  private int size;

  /** Adds a count and the slot in which it counts. */
  void add(TrendCount count, int slot) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size * 2);
    }
    numbers[size++] = slot;
    numbers[size++] = count.videoId();
    numbers[size++] = count.slot();
    numbers[size++] = count.origin();
    numbers[size++] = count.weight();
    numbers[size++] = count.views();
    numbers[size++] = count.viewers();
    numbers[size++] = count.engagement();
    numbers[size++] = count.reports();
  }

  long[] packed() {
    return Arrays.copyOf(numbers, size);
  }

  static void unpack(long creatorId, long[] packed, ObjIntConsumer<TrendCount> to) {
    for (int at = 0; at < packed.length; at += WIDTH) {
      to.accept(
          new TrendCount(
              creatorId,
              packed[at + 1],
              (int) packed[at + 2],
              (int) packed[at + 3],
              (int) packed[at + 4],
              (int) packed[at + 5],
              (int) packed[at + 6],
              (int) packed[at + 7],
              (int) packed[at + 8]),
          (int) packed[at]);
    }
  }
}
