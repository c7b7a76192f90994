package dev.upswell.runtime.views;

import java.nio.ByteBuffer;

/**
 * The ids of the last few minutes of one partition, as fingerprints, so that an event that comes
 * again is known.
 *
 * <p>Two generations: ids go to the newer one; when the time it may hold is over, or it is full, it
 * becomes the older one and the older one is forgotten. So an id is known for at least the window,
 * unless so many come that a generation is full before. Fingerprints have 63 bits: among a million
 * of them a new id seems known with a chance of one in nine million million.
 *
 * <p>Both stand in one table with open addressing, told apart by their lowest bit. To look into
 * memory that is in no cache is most of what an event costs here. So a Bloom filter, an eighth as
 * large, says of most ids that they are new; these wait, and are put into the table many at once,
 * which the processor does side by side.
 *
 * <p>Time is that of the events in the partition, so that the same records always give the same
 * answers. Not safe for use by several threads.
 */
final class RecentIds {
  private static final int SMALLEST = 1_024;
  private static final int MOST_WAITING = 1_024;

  /** Places of the table for each word of the filter: 16 bits an id when half of them are taken. */
  private static final int PLACES_OF_A_WORD = 8;

  private final long windowMillis;
  private final int capacity;

  /** Fingerprints without their lowest bit, which is that of their generation; 0 for none. */
  private long[] table = new long[SMALLEST];

  /** Three bits of one word for each id in the table or waiting. */
  private long[] filter = new long[SMALLEST / PLACES_OF_A_WORD];

  /** New ids that are not in the table yet. */
  private final long[] waiting = new long[MOST_WAITING];

  private int waitingSize;

  /** The lowest bit of the newer generation. */
  private long newer = 1;

  private int inNewer;
  private int inOlder;
  private long newerSince = Long.MIN_VALUE;

  /**
   * Without ids.
   *
   * @param windowMillis for how long an id is known at least
   * @param capacity ids of a generation
   */
  RecentIds(long windowMillis, int capacity) {
    this.windowMillis = windowMillis;
    this.capacity = capacity;
  }

  /**
   * Takes an id, and tells whether it was known.
   *
   * @param fingerprint any number; two that differ in the lowest bit only are taken for the same
   * @param time of the event, in Unix milliseconds
   */
  boolean isRepeat(long fingerprint, long time) {
    if (time - windowMillis >= newerSince) {
      turn(time);
    }
    long id = id(fingerprint);
    int word = word(id);
    long bits = bits(id);
    if ((filter[word] & bits) == bits && isInTable(id)) {
      return true;
    }
    filter[word] |= bits;
    waiting[waitingSize++] = id;
    if (waitingSize == MOST_WAITING) {
      settle();
    }
    inNewer++;
    if (inNewer >= capacity) {
      turn(Math.max(newerSince, time));
    } else if (size() * 2 > table.length) {
      rebuild(table.length * 2, true);
    }
    return false;
  }

  private boolean isInTable(long id) {
    settle();
    return table[place(id)] != 0;
  }

  /** Puts into the table what waits. */
  private void settle() {
    for (int i = 0; i < waitingSize; i++) {
      table[place(waiting[i])] = waiting[i] | newer;
    }
    waitingSize = 0;
  }

  /** From other bits than those that the place in the table is taken from. */
  private int word(long id) {
    return (int) (id >>> 42) & (filter.length - 1);
  }

  private static long bits(long id) {
    return (1L << (id >>> 24)) | (1L << (id >>> 30)) | (1L << (id >>> 36));
  }

  /** The newer generation becomes the older one. */
  private void turn(long time) {
    newerSince = time;
    // A large table that is nearly empty is given back: a rush hour must not be kept for ever.
    boolean isLarge = table.length > SMALLEST && inNewer * 8 < table.length;
    rebuild(isLarge ? table.length / 2 : table.length, false);
    newer ^= 1;
    inOlder = inNewer;
    inNewer = 0;
  }

  private void rebuild(int length, boolean withOlder) {
    settle();
    long[] all = table;
    allocate(length);
    for (long entry : all) {
      if (entry != 0 && (withOlder || (entry & 1) == newer)) {
        put(entry & ~1, entry & 1);
      }
    }
  }

  private void allocate(int length) {
    table = new long[length];
    filter = new long[length / PLACES_OF_A_WORD];
  }

  private void put(long id, long generation) {
    table[place(id)] = id | generation;
    filter[word(id)] |= bits(id);
  }

  private static long id(long fingerprint) {
    long id = fingerprint & ~1;
    return id == 0 ? 2 : id;
  }

  /** Where an id is, or would be. */
  private int place(long id) {
    int mask = table.length - 1;
    // Fingerprints are spread over all bits, so any of them are as good as others.
    int place = (int) (id >>> 1) & mask;
    while (table[place] != 0 && (table[place] & ~1) != id) {
      place = (place + 1) & mask;
    }
    return place;
  }

  /** How many ids are known. */
  int size() {
    return inNewer + inOlder;
  }

  /** All of it, packed: when the newer began, how many it has, its ids, then those of the older. */
  byte[] toBytes() {
    settle();
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + Long.BYTES * size());
    bytes.putLong(newerSince).putInt(inNewer);
    write(newer, bytes);
    write(newer ^ 1, bytes);
    return bytes.array();
  }

  private void write(long generation, ByteBuffer bytes) {
    for (long entry : table) {
      if (entry != 0 && (entry & 1) == generation) {
        bytes.putLong(entry & ~1);
      }
    }
  }

  /** Takes what {@link #toBytes} packed. */
  void restore(byte[] packed) {
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    newerSince = bytes.getLong();
    inNewer = bytes.getInt();
    inOlder = bytes.remaining() / Long.BYTES - inNewer;
    waitingSize = 0;
    allocate(Math.max(SMALLEST, Integer.highestOneBit(size() + 1) * 4));
    for (int i = 0; bytes.hasRemaining(); i++) {
      put(bytes.getLong(), i < inNewer ? newer : newer ^ 1);
    }
  }
}
