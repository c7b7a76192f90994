package dev.upswell.popularity;

import java.util.Arrays;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.jspecify.annotations.Nullable;

/**
 * Different viewers, added one by one: a list of hashes while they are few, which costs a write and
 * no search, then a sketch.
 *
 * <p>Not safe for use by several threads.
 */
public final class ViewerSet {
  /** Hashes that may wait until the same ones are looked for. */
  private static final int MOST_LISTED = 2 * ViewerCounts.FEW;

  private int[] hashes = new int[16];
  private int size;
  private @Nullable HllSketch sketch;

  /** Creates an empty set. */
  public ViewerSet() {}

  /**
   * Adds a viewer.
   *
   * @param hash of {@link ViewerCounts#hash}
   */
  public void add(int hash) {
    if (sketch != null) {
      sketch.update((long) hash);
      return;
    }
    if (size == hashes.length) {
      grow();
    }
    hashes[size++] = hash;
    if (size == MOST_LISTED) {
      compact();
    }
  }

  private void grow() {
    hashes = Arrays.copyOf(hashes, size * 2);
  }

  private void compact() {
    size = ViewerCounts.sortDifferent(hashes, size);
    if (size > ViewerCounts.FEW) {
      sketch = ViewerCounts.sketchOf(hashes, size, TgtHllType.HLL_8);
      hashes = ViewerCounts.NO_HASHES;
    }
  }

  /** All of them, packed for {@link ViewerCounts}; more may be added afterwards. */
  public byte[] pack() {
    if (sketch == null) {
      compact();
    }
    return sketch == null ? ViewerCounts.packSorted(hashes, size) : sketch.toCompactByteArray();
  }
}
