package dev.upswell.runtime.views;

import java.nio.ByteBuffer;

/**
 * The ids of the last few minutes of one partition, as fingerprints, so that an event that comes
 * again is known.
 *
 * <p>Two generations: ids go to the newer one; when the time it may hold is over, or it is full, it
 * becomes the older one and the older one is forgotten. So an id is known for at least the window,
 * unless so many come that a generation is full before. Fingerprints have 64 bits: among a million
 * of them a new id seems known with a chance of one in 18 million million.
 *
 * <p>Time is that of the events in the partition, so that the same records always give the same
 * answers. Not safe for use by several threads.
 */
final class RecentIds {
  private final long windowMillis;
  private final int capacity;
  private Generation newer = new Generation();
  private Generation older = new Generation();
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
   * @param fingerprint any number; 0 and 1 are taken for the same
   * @param time of the event, in Unix milliseconds
   */
  boolean isRepeat(long fingerprint, long time) {
    if (time - windowMillis >= newerSince) {
      turn(time);
    }
    long id = fingerprint == 0 ? 1 : fingerprint;
    if (older.contains(id) || !newer.add(id)) {
      return true;
    }
    if (newer.size >= capacity) {
      turn(Math.max(newerSince, time));
    }
    return false;
  }

  private void turn(long time) {
    Generation forgotten = older;
    older = newer;
    forgotten.clear();
    newer = forgotten;
    newerSince = time;
  }

  /** How many ids are known. */
  int size() {
    return newer.size + older.size;
  }

  /** All of it, packed: when the newer began, how many it has, its ids, then those of the older. */
  byte[] toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES + Long.BYTES * (newer.size + older.size));
    bytes.putLong(newerSince).putInt(newer.size);
    newer.writeTo(bytes);
    older.writeTo(bytes);
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
  }

  /** A set of numbers other than 0, with open addressing: no object for each. */
  private static final class Generation {
    private static final int SMALLEST = 1_024;

    private long[] table = new long[SMALLEST];
    private int size;

    boolean contains(long id) {
      return table[place(id)] == id;
    }

    boolean add(long id) {
      int place = place(id);
      if (table[place] == id) {
        return false;
      }
      table[place] = id;
      size++;
      if (size * 2 > table.length) {
        grow();
      }
      return true;
    }

    /** Where it is, or would be. */
    private int place(long id) {
      int mask = table.length - 1;
      // Fingerprints are spread over all bits, so the lowest are as good as any.
      int place = (int) id & mask;
      while (table[place] != 0 && table[place] != id) {
        place = (place + 1) & mask;
      }
      return place;
    }

    private void grow() {
      long[] all = table;
      table = new long[all.length * 2];
      for (long id : all) {
        if (id != 0) {
          table[place(id)] = id;
        }
      }
    }

    /** A large table that had few ids is given back: a rush hour must not be kept for ever. */
    void clear() {
      table =
          new long[Math.max(SMALLEST, size * 8 < table.length ? table.length / 2 : table.length)];
      size = 0;
    }

    void writeTo(ByteBuffer bytes) {
      for (long id : table) {
        if (id != 0) {
          bytes.putLong(id);
        }
      }
    }
  }
}
