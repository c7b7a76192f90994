package dev.upswell.views;

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
  private static final int MOST_LISTED = 2 * Viewers.FEW;

  private int[] hashes = new int[16];
  private int size;
  private @Nullable HllSketch sketch;

  /** Nobody yet. */
  public ViewerSet() {}

  /**
   * Adds a viewer.
   *
   * @param hash of {@link Viewers#hash}
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
    size = Viewers.sortDifferent(hashes, size);
    if (size > Viewers.FEW) {
      sketch = Viewers.sketchOf(hashes, size, TgtHllType.HLL_8);
      hashes = Viewers.NO_HASHES;
    }
  }

  /** All of them, packed for {@link Viewers}; more may be added afterwards. */
  public byte[] pack() {
    if (sketch == null) {
      compact();
    }
    return sketch == null ? Viewers.packSorted(hashes, size) : sketch.toCompactByteArray();
  }
}
