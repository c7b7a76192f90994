package dev.upswell.trending;

import dev.upswell.popularity.trending.TrendCount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts of a video without a publication, in packed form: a version, then four numbers each.
 *
 * <p>Counts of equal slot, age and origin are combined. Counts of more than an hour ago are
 * dropped, and so are the oldest above {@link #MAX_COUNTS}.
 */
final class PendingTrendCounts {
  /** Maximum counts of a video; 32 bytes each. */
  static final int MAX_COUNTS = 1_024;

  private static final long VERSION = 1;
  private static final int WIDTH = PackedTrendCount.WIDTH;

  private PendingTrendCounts() {}

  /**
   * Adds a count.
   *
   * @param packed earlier counts; empty without any
   * @param earliest first slot that is kept
   */
  static long[] add(long[] packed, TrendCount count, int earliest) {
    long[] kept = from(packed, earliest);
    long[] added = new long[WIDTH];
    PackedTrendCount.write(count, added, 0);
    for (int at = 1; at < kept.length; at += WIDTH) {
      if (kept[at] == added[0]) {
        for (int i = 1; i < WIDTH; i++) {
          kept[at + i] += added[i];
        }
        return kept;
      }
    }
    long[] more = Arrays.copyOf(kept, kept.length + WIDTH);
    System.arraycopy(added, 0, more, kept.length, WIDTH);
    return more;
  }

  /** Returns the counts from a slot on, and at most the latest but one of the maximum. */
  private static long[] from(long[] packed, int earliest) {
    if (packed.length == 0) {
      return new long[] {VERSION};
    }
    checkVersion(packed);
    long[] kept = new long[packed.length];
    kept[0] = VERSION;
    int size = 1;
    for (int at = 1; at < packed.length; at += WIDTH) {
      if (PackedTrendCount.slot(packed[at]) >= earliest) {
        System.arraycopy(packed, at, kept, size, WIDTH);
        size += WIDTH;
      }
    }
    return size <= 1 + (MAX_COUNTS - 1) * WIDTH
        ? Arrays.copyOf(kept, size)
        : withoutOldest(kept, size);
  }

  private static long[] withoutOldest(long[] packed, int size) {
    int oldest = 1;
    for (int at = 1; at < size; at += WIDTH) {
      oldest = packed[at] < packed[oldest] ? at : oldest;
    }
    System.arraycopy(packed, size - WIDTH, packed, oldest, WIDTH);
    return Arrays.copyOf(packed, size - WIDTH);
  }

  /** Returns the counts from a slot on. */
  static List<TrendCount> unpack(long videoId, long[] packed, int earliest) {
    List<TrendCount> counts = new ArrayList<>();
    if (packed.length > 0) {
      checkVersion(packed);
    }
    for (int at = 1; at < packed.length; at += WIDTH) {
      TrendCount count = PackedTrendCount.read(videoId, packed, at);
      if (count.slot() >= earliest) {
        counts.add(count);
      }
    }
    return counts;
  }

  private static void checkVersion(long[] packed) {
    if (packed[0] != VERSION) {
      throw new IllegalArgumentException(
          "version of pending counts: " + packed[0] + " (expected: " + VERSION + ")");
    }
  }
}
