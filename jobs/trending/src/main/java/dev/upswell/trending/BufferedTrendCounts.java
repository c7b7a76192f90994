package dev.upswell.trending;

import dev.upswell.popularity.trending.TrendCount;
import java.util.Arrays;
import java.util.function.Consumer;

/** Counts of a creator until the end of their slot: a version, then five numbers each. */
final class BufferedTrendCounts {
  private static final long VERSION = 2;

  /** Numbers of a count: the video, then those of the count. */
  private static final int WIDTH = 1 + PackedTrendCount.WIDTH;

  private long[] numbers = new long[1 + WIDTH];
  private int size = 1;

  BufferedTrendCounts() {
    numbers[0] = VERSION;
  }

  void add(TrendCount count) {
    if (size + WIDTH > numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.max(size * 2, size + WIDTH));
    }
    numbers[size] = count.videoId();
    PackedTrendCount.write(count, numbers, size + 1);
    size += WIDTH;
  }

  long[] packed() {
    return Arrays.copyOf(numbers, size);
  }

  /**
   * Passes the packed counts to a consumer.
   *
   * @throws IllegalArgumentException if they are of another version
   */
  static void unpack(long[] packed, Consumer<TrendCount> to) {
    if (packed[0] != VERSION) {
      throw new IllegalArgumentException(
          "version of buffered counts: " + packed[0] + " (expected: " + VERSION + ")");
    }
    for (int at = 1; at < packed.length; at += WIDTH) {
      to.accept(PackedTrendCount.read(packed[at], packed, at + 1));
    }
  }
}
