package dev.upswell.feeds.audience;

import java.util.Arrays;

/**
 * Histogram of push latencies. Each class ends 20 % above the previous one, so a quantile is at
 * most 20 % too high. Not thread-safe.
 *
 * <p>110 classes cover 1 ms to about five days; higher values are in the last class. {@code
 * docs/decisions/027-keep-a-small-latency-histogram.md} compares it with HdrHistogram.
 */
public final class LatencyHistogram {
  private static final int CLASSES = 110;
  private static final double GROWTH = 1.2;
  private static final double[] ENDS = new double[CLASSES];

  static {
    double end = 1;
    for (int i = 0; i < CLASSES; i++) {
      ENDS[i] = end;
      end *= GROWTH;
    }
  }

  private final int[] counts;
  private long max;

  /** Creates an empty histogram. */
  public LatencyHistogram() {
    this(new int[CLASSES], 0);
  }

  private LatencyHistogram(int[] counts, long max) {
    this.counts = counts;
    this.max = max;
  }

  /** Counts pushes that were so late, in milliseconds; negative ones as 0. */
  public void add(long millis, int pushes) {
    int found = Arrays.binarySearch(ENDS, (double) millis);
    counts[Math.min(found < 0 ? -found - 1 : found, CLASSES - 1)] += pushes;
    if (pushes > 0) {
      max = Math.max(max, millis);
    }
  }

  /** Adds another histogram. */
  public void add(LatencyHistogram other) {
    for (int i = 0; i < CLASSES; i++) {
      counts[i] += other.counts[i];
    }
    max = Math.max(max, other.max);
  }

  /** Returns the highest latency in milliseconds, which is that of the last push of a video. */
  public long max() {
    return max;
  }

  /**
   * Returns a quantile in milliseconds; 0 without pushes.
   *
   * @param share 0 to 1
   */
  public long quantile(double share) {
    long total = 0;
    for (int count : counts) {
      total += count;
    }
    long wanted = (long) Math.ceil(share * total);
    long seen = 0;
    for (int i = 0; i < CLASSES && total > 0; i++) {
      seen += counts[i];
      if (seen >= wanted && seen > 0) {
        // Rounded down, because latencies are whole milliseconds.
        return Math.min(max, (long) ENDS[i]);
      }
    }
    return 0;
  }

  /** Returns the maximum, then pairs of class and count, for {@link #fromLongs}. */
  public long[] toLongs() {
    long[] longs = new long[1 + 2 * CLASSES];
    int size = 0;
    longs[size++] = max;
    for (int i = 0; i < CLASSES; i++) {
      if (counts[i] > 0) {
        longs[size++] = i;
        longs[size++] = counts[i];
      }
    }
    return Arrays.copyOf(longs, size);
  }

  /** Restores the result of {@link #toLongs}. */
  public static LatencyHistogram fromLongs(long[] longs) {
    int[] counts = new int[CLASSES];
    for (int i = 1; i < longs.length; i += 2) {
      counts[(int) longs[i]] = (int) longs[i + 1];
    }
    return new LatencyHistogram(counts, longs[0]);
  }
}
