package dev.upswell.popularity.trending;

import java.nio.ByteBuffer;

/**
 * Numbers of eight bits with fingerprints of 56, in two generations of open addressing. An access
 * moves an entry to the newer generation. When that is full, it becomes the older one, and the
 * previous older one is evicted. Not thread-safe.
 */
final class CapTable {
  private static final int SMALLEST = 1_024;
  private static final long VALUE = 0xFF;

  private final int capacity;
  private long[] newer = new long[SMALLEST];
  private long[] older = new long[SMALLEST];
  private int inNewer;
  private int inOlder;
  private int place;

  /**
   * Creates an empty table.
   *
   * @param capacity entries of a generation
   */
  CapTable(int capacity) {
    this.capacity = capacity;
  }

  /** Converts a hash to a fingerprint: the bits of the value are free, and it is not 0. */
  static long fingerprint(long hash) {
    long fingerprint = hash & ~VALUE;
    return fingerprint == 0 ? VALUE + 1 : fingerprint;
  }

  /**
   * Returns the last value {@linkplain #put put} for a fingerprint; 0 if there is none or it was
   * evicted.
   */
  int get(long fingerprint) {
    if (inNewer >= capacity) {
      turn();
    } else if (inNewer * 2 >= newer.length) {
      newer = grown(newer);
    }
    place = place(newer, fingerprint);
    if (newer[place] == 0) {
      long known = inOlder == 0 ? 0 : older[place(older, fingerprint)];
      newer[place] = known == 0 ? fingerprint : known;
      inNewer++;
    }
    return (int) (newer[place] & VALUE);
  }

  void put(int value) {
    newer[place] = (newer[place] & ~VALUE) | value;
  }

  private void turn() {
    older = newer;
    inOlder = inNewer;
    // Same size as before, so that it need not grow step by step.
    newer = new long[older.length];
    inNewer = 0;
  }

  private static int place(long[] table, long fingerprint) {
    int mask = table.length - 1;
    int at = (int) (fingerprint >>> Byte.SIZE) & mask;
    while (table[at] != 0 && (table[at] & ~VALUE) != fingerprint) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private static long[] grown(long[] table) {
    long[] larger = new long[table.length * 2];
    for (long entry : table) {
      if (entry != 0) {
        larger[place(larger, entry & ~VALUE)] = entry;
      }
    }
    return larger;
  }

  /** Returns the number of entries; an entry in both generations counts twice. */
  int size() {
    return inNewer + inOlder;
  }

  // ---- Packed form: size of the newer generation, size of the older one, all entries

  int bytes() {
    return 2 * Integer.BYTES + Long.BYTES * size();
  }

  void write(ByteBuffer to) {
    to.putInt(inNewer).putInt(inOlder);
    write(newer, to);
    write(older, to);
  }

  private static void write(long[] table, ByteBuffer to) {
    for (long entry : table) {
      if (entry != 0) {
        to.putLong(entry);
      }
    }
  }

  /** Adds the entries of a packed form; the greater value of two wins. */
  void read(ByteBuffer from) {
    int inTheirNewer = from.getInt();
    int inTheirOlder = from.getInt();
    for (int i = 0; i < inTheirNewer; i++) {
      inNewer += put(newer, from.getLong());
      newer = inNewer * 2 > newer.length ? grown(newer) : newer;
    }
    for (int i = 0; i < inTheirOlder; i++) {
      inOlder += put(older, from.getLong());
      older = inOlder * 2 > older.length ? grown(older) : older;
    }
  }

  private static int put(long[] table, long entry) {
    int at = place(table, entry & ~VALUE);
    int more = table[at] == 0 ? 1 : 0;
    table[at] = (entry & ~VALUE) | Math.max(table[at] & VALUE, entry & VALUE);
    return more;
  }
}
