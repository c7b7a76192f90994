package dev.upswell.popularity.trending;

import java.nio.ByteBuffer;

/**
 * Numbers of eight bits beside fingerprints of 56, in two generations, each a table with open
 * addressing: what is looked at moves to the newer one; when that is full, it becomes the older one
 * and the older one is forgotten. Not safe for use by several threads.
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
   * Knows nothing.
   *
   * @param capacity of a generation
   */
  CapTable(int capacity) {
    this.capacity = capacity;
  }

  /** Makes a fingerprint of a hash: the value's bits are free, and it is not 0. */
  static long fingerprint(long hash) {
    long fingerprint = hash & ~VALUE;
    return fingerprint == 0 ? VALUE + 1 : fingerprint;
  }

  /** What was last {@link #put} for a fingerprint; 0 if nothing was, or it is forgotten. */
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
    // As large as it was needed, so that it does not grow again step by step.
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

  /** How many are known, some of them twice. */
  int size() {
    return inNewer + inOlder;
  }

  // ---- Packed: how many are in the newer one, how many in the older one, and all of them

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

  /** Takes what was written, beside what is here: of what both know, the greater number holds. */
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
