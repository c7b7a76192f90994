package dev.upswell.views.source;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/**
 * The ids of the last few minutes of one partition, as fingerprints, so that an event that comes
 * again is known.
 *
 * <p>Two generations: ids go to the newer one; when the time it may hold is over, or it is full, it
 * becomes the older one and the older one is forgotten. So an id is known for at least the window,
 * unless so many come that a generation is full before. Fingerprints have 64 bits: among a million
 * of them a new id seems known with a chance of one in eighteen million million.
 *
 * <p>To look into memory that is in no cache is most of what an event costs here. So a Bloom filter
 * says of most ids that they are new, which is one look; and ids are only {@linkplain
 * FingerprintLists listed}, which goes on where memory was just written. An id that may be known is
 * searched in a short list.
 *
 * <p>Time is that of the events in the partition, so that the same records always give the same
 * answers. Not safe for use by several threads.
 */
final class DedupWindow {
  private static final int SMALLEST_FILTER = 64;

  /** Ids of a generation to a word of its filter: at most one new id in 30 then seems known. */
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

  /** Which word of two is that of the newer generation: 0 or 1. */
  private int newerWord;

  private long newerSince = Long.MIN_VALUE;

  /**
   * Without ids.
   *
   * @param windowMillis for how long an id is known at least
   * @param capacity ids of a generation
   */
  DedupWindow(long windowMillis, int capacity) {
    this.windowMillis = windowMillis;
    this.capacity = capacity;
  }

  /**
   * Takes an id, and tells whether it was known.
   *
   * @param fingerprint any number, spread over all bits
   * @param time of the event, in Unix milliseconds
   */
  boolean isRepeat(long fingerprint, long time) {
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

  /** Where the words of an id are; from other bits than its list is taken from. */
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
      // A rush hour must not be kept for ever.
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

  /** How many ids are known. */
  int size() {
    return newer.size() + older.size();
  }

  /** All of it, packed: when the newer began, how many it has, its ids, then those of the older. */
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

  /** Takes what {@link #toBytes} packed. */
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
