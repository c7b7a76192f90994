package dev.upswell.views.source;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/**
 * Event ids of the last minutes of one partition, as fingerprints, to detect duplicates.
 *
 * <p>Two generations: ids are added to the newer one. When its time is over or it is full, it
 * becomes the older one, and the previous older one is evicted. So an id is kept for at least the
 * window, unless a generation fills up earlier. Fingerprints have 64 bits: among a million of them
 * a new id collides with a chance of one in eighteen million million.
 *
 * <p>Memory access outside the caches dominates the cost of an event here. A Bloom filter
 * identifies most new ids with one access, and ids are only {@linkplain FingerprintLists appended},
 * where memory was just written. A possible duplicate is searched in a short list.
 *
 * <p>Time is the event time of the partition, so that the same records give the same result. Not
 * thread-safe.
 */
final class DedupWindow {
  private static final int SMALLEST_FILTER = 64;

  /** Ids of a generation per filter word: at most one new id in 30 is then a false positive. */
  private static final int IDS_OF_A_WORD = 8;

  private final long windowMillis;
  private final int capacity;

  /**
   * Three bits of one word for each id: words of the even generation, each with that of the odd one
   * beside it, so that both are in the same line of the cache.
   */
  private long[] filter = new long[2 * SMALLEST_FILTER];

  private FingerprintLists newer = new FingerprintLists();
  private FingerprintLists older = new FingerprintLists();

  /** Index of the newer generation's word of two: 0 or 1. */
  private int newerWord;

  private long newerSince = Long.MIN_VALUE;

  /**
   * Creates an empty window.
   *
   * @param windowMillis minimum time for which an id is kept
   * @param capacity ids of a generation
   */
  DedupWindow(long windowMillis, int capacity) {
    this.windowMillis = windowMillis;
    this.capacity = capacity;
  }

  /**
   * Adds an id and returns whether it was in the window.
   *
   * @param fingerprint any number, with all bits spread
   * @param time of the event, in Unix milliseconds
   */
  boolean isDuplicate(long fingerprint, long time) {
    if (time - windowMillis >= newerSince) {
      turn(time);
    }
    int word = word(fingerprint);
    long bits = bits(fingerprint);
    if (((filter[word + newerWord] & bits) == bits && newer.contains(fingerprint))
        || ((filter[word + (newerWord ^ 1)] & bits) == bits && older.contains(fingerprint))) {
      return true;
    }
    filter[word + newerWord] |= bits;
    newer.add(fingerprint);
    if (newer.size() >= capacity) {
      turn(Math.max(newerSince, time));
    } else if (newer.size() > filter.length / 2 * IDS_OF_A_WORD) {
      fillFilter(filter.length * 2);
    }
    return false;
  }

  /** Returns the index of the filter words of an id, from other bits than those of its list. */
  private int word(long id) {
    return ((int) (id >>> 32) & (filter.length / 2 - 1)) * 2;
  }

  private static long bits(long id) {
    return (1L << id) | (1L << (id >>> 6)) | (1L << (id >>> 12));
  }

  /** The newer generation becomes the older one. */
  private void turn(long time) {
    newerSince = time;
    FingerprintLists oldest = older;
    older = newer;
    newer = oldest;
    newer.clear();
    newerWord ^= 1;
    if (filter.length > 2 * SMALLEST_FILTER
        && older.size() * 4 < filter.length / 2 * IDS_OF_A_WORD) {
      // Shrinks again after a peak.
      fillFilter(filter.length / 2);
    } else {
      for (int word = newerWord; word < filter.length; word += 2) {
        filter[word] = 0;
      }
    }
  }

  private void fillFilter(int length) {
    filter = new long[length];
    newer.forEach((ids, size) -> fillFilter(ids, size, newerWord));
    older.forEach((ids, size) -> fillFilter(ids, size, newerWord ^ 1));
  }

  private void fillFilter(long[] ids, int size, int generation) {
    for (int i = 0; i < size; i++) {
      filter[word(ids[i]) + generation] |= bits(ids[i]);
    }
  }

  /** Returns the number of ids. */
  int size() {
    return newer.size() + older.size();
  }

  /**
   * Packs the window: start and size of the newer generation, its ids, then those of the older one.
   */
  byte[] toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES + Long.BYTES * size())
            .putLong(newerSince)
            .putInt(newer.size());
    LongBuffer ids = bytes.asLongBuffer();
    newer.forEach((list, size) -> ids.put(list, 0, size));
    older.forEach((list, size) -> ids.put(list, 0, size));
    return bytes.array();
  }

  /** Restores the result of {@link #toBytes}. */
  void restore(byte[] packed) {
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    newerSince = bytes.getLong();
    int inNewer = bytes.getInt();
    newer.clear();
    older.clear();
    for (int i = 0; bytes.hasRemaining(); i++) {
      (i < inNewer ? newer : older).add(bytes.getLong());
    }
    int words = Math.max(SMALLEST_FILTER, size() / IDS_OF_A_WORD);
    fillFilter(2 * Integer.highestOneBit(words * 2 - 1));
  }
}
