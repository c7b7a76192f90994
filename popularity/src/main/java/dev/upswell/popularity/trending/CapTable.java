package dev.upswell.popularity.trending;

import java.nio.ByteBuffer;

/**
 * Numbers of eight bits with a slot of 16 bits and a fingerprint of 40, in two generations of open
 * addressing. An access moves an entry to the newer generation. When that is full, it becomes the
 * older one, and the previous older one is evicted. Not thread-safe.
 *
 * <p>Slots are stored modulo 65,536, which is seven and a half days. Comparisons are exact for
 * slots up to 64 hours before, and up to 118 hours after a stored one.
 */
final class CapTable {
  private static final int SMALLEST = 1_024;
  private static final long VALUE = 0xFF;
  private static final int TIME_SHIFT = Byte.SIZE;
  private static final int TIME_BITS = 16;
  private static final int TIME = (1 << TIME_BITS) - 1;
  private static final int FINGERPRINT_SHIFT = TIME_SHIFT + TIME_BITS;
  private static final long FINGERPRINT = -1L << FINGERPRINT_SHIFT;

  /** Maximum slots by which a stored slot may be later than the one that it is compared with. */
  private static final int MAX_AHEAD = 64 * Slots.PER_HOUR;

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

  /** Converts a hash to a fingerprint: the bits of slot and value are free, and it is not 0. */
  static long fingerprint(long hash) {
    long fingerprint = hash & FINGERPRINT;
    return fingerprint == 0 ? 1L << FINGERPRINT_SHIFT : fingerprint;
  }

  /** Selects the entry of a fingerprint; a new one has the value 0. */
  void find(long fingerprint) {
    if (inNewer >= capacity) {
      turn();
    } else if (inNewer * 2 >= newer.length) {
      newer = resized(newer, newer.length * 2);
    }
    place = place(newer, fingerprint);
    if (newer[place] == 0) {
      long known = inOlder == 0 ? 0 : older[place(older, fingerprint)];
      newer[place] = known == 0 ? fingerprint : known;
      inNewer++;
    }
  }

  /** Returns the value of the selected entry; 0 if it was never set, or was evicted. */
  int value() {
    return (int) (newer[place] & VALUE);
  }

  /** Returns the slots from the selected entry's to another; negative if that is earlier. */
  int since(int slot) {
    return since(newer[place], slot);
  }

  private static int since(long entry, int slot) {
    int after = (slot - (int) (entry >>> TIME_SHIFT)) & TIME;
    return after > TIME - MAX_AHEAD ? after - TIME - 1 : after;
  }

  /**
   * Sets the value of the selected entry, and keeps its slot.
   *
   * @param value 0 to 255
   */
  void setValue(int value) {
    newer[place] = (newer[place] & ~VALUE) | value;
  }

  /** Sets slot and value of the selected entry. */
  void set(int slot, int value) {
    newer[place] = (newer[place] & FINGERPRINT) | (long) (slot & TIME) << TIME_SHIFT | value;
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
    int at = (int) (fingerprint >>> FINGERPRINT_SHIFT) & mask;
    while (table[at] != 0 && (table[at] & FINGERPRINT) != fingerprint) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private static long[] resized(long[] table, int length) {
    long[] other = new long[length];
    for (long entry : table) {
      if (entry != 0) {
        other[place(other, entry & FINGERPRINT)] = entry;
      }
    }
    return other;
  }

  /** Evicts entries that were set a number of slots before another, and those without a value. */
  void evict(int slot, int slots) {
    inNewer = evict(newer, slot, slots);
    newer = resized(newer, length(inNewer));
    inOlder = evict(older, slot, slots);
    older = resized(older, length(inOlder));
  }

  /** Clears entries, and returns the number of the others. Their places are no longer valid. */
  private static int evict(long[] table, int slot, int slots) {
    int kept = 0;
    for (int at = 0; at < table.length; at++) {
      if ((table[at] & VALUE) == 0 || since(table[at], slot) >= slots) {
        table[at] = 0;
      } else {
        kept++;
      }
    }
    return kept;
  }

  /** Returns the length of a table of which at most half is used. */
  private static int length(int entries) {
    return Math.max(SMALLEST, Integer.highestOneBit(entries) * 4);
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

  /** Adds the entries of a packed form; of two the later slot wins, then the greater value. */
  void read(ByteBuffer from) {
    int inTheirNewer = from.getInt();
    int inTheirOlder = from.getInt();
    for (int i = 0; i < inTheirNewer; i++) {
      inNewer += put(newer, from.getLong());
      newer = inNewer * 2 > newer.length ? resized(newer, newer.length * 2) : newer;
    }
    for (int i = 0; i < inTheirOlder; i++) {
      inOlder += put(older, from.getLong());
      older = inOlder * 2 > older.length ? resized(older, older.length * 2) : older;
    }
  }

  private static int put(long[] table, long entry) {
    int at = place(table, entry & FINGERPRINT);
    int more = table[at] == 0 ? 1 : 0;
    if (more == 1 || isLater(entry, table[at])) {
      table[at] = entry;
    }
    return more;
  }

  private static boolean isLater(long entry, long other) {
    if ((entry & VALUE) == 0 || (other & VALUE) == 0) {
      return (other & VALUE) == 0;
    }
    int after = since(other, (int) (entry >>> TIME_SHIFT));
    return after == 0 ? (entry & VALUE) > (other & VALUE) : after > 0;
  }
}
