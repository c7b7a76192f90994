package dev.upswell.views.trending;

import dev.upswell.contract.Hash64;
import java.nio.ByteBuffer;

/**
 * What each viewer did with each video in an hour, as a number of eight bits beside a fingerprint
 * of 56: bounded memory for a cap on what one viewer adds.
 *
 * <p>Two generations, each a table with open addressing: what is looked at moves to the newer one;
 * when that is an hour old, or full, it becomes the older one and the older one is forgotten. So a
 * number is known for its whole hour, unless so many viewers come that a generation is full before.
 * Among a million fingerprints a new one seems known with a chance of one in seventy thousand
 * million.
 *
 * <p>Time is that of the events, so that the same records give the same answers. Not safe for use
 * by several threads.
 */
public final class ViewerCaps {
  private static final int SMALLEST = 1_024;
  private static final long HOUR = Slots.MILLIS * Slots.PER_HOUR;
  private static final long VALUE = 0xFF;
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private final int capacity;
  private long[] newer = new long[SMALLEST];
  private long[] older = new long[SMALLEST];
  private int inNewer;
  private int inOlder;
  private long newerSince = Long.MIN_VALUE;
  private int place;

  /**
   * Knows nobody.
   *
   * @param capacity viewers and videos of a generation; 8 to 32 bytes each
   */
  public ViewerCaps(int capacity) {
    this.capacity = capacity;
  }

  /**
   * What was last {@link #put} for a viewer, a video and the UTC hour of a time; 0 if nothing was,
   * or it is forgotten.
   *
   * @param time of the event, in Unix milliseconds
   */
  public int get(long viewerId, long videoId, long time) {
    if (newerSince == Long.MIN_VALUE || time - HOUR >= newerSince) {
      turn(time);
    } else if (inNewer >= capacity) {
      turn(newerSince);
    } else if (inNewer * 2 >= newer.length) {
      newer = grown(newer);
    }
    long fingerprint = fingerprint(viewerId, videoId, Math.floorDiv(time, HOUR));
    place = place(newer, fingerprint);
    if (newer[place] == 0) {
      long known = older[place(older, fingerprint)];
      newer[place] = known == 0 ? fingerprint : known;
      inNewer++;
    }
    return (int) (newer[place] & VALUE);
  }

  /**
   * Keeps a number for what {@link #get} was last asked about.
   *
   * @param value 0 to 255
   */
  public void put(int value) {
    newer[place] = (newer[place] & ~VALUE) | value;
  }

  private static long fingerprint(long viewerId, long videoId, long hour) {
    long hash = Hash64.mix(viewerId * FACTOR + hour) ^ (videoId * FACTOR);
    long fingerprint = Hash64.mix(hash) & ~VALUE;
    return fingerprint == 0 ? VALUE + 1 : fingerprint;
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

  private void turn(long time) {
    newerSince = time;
    older = newer;
    inOlder = inNewer;
    // As large as it was needed, so that it does not grow again step by step.
    newer = new long[Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, inNewer)) * 4)];
    inNewer = 0;
  }

  /** How many are known, some of them twice. */
  public int size() {
    return inNewer + inOlder;
  }

  /** All of it, packed. */
  public byte[] toBytes() {
    long[] entries = new long[size()];
    int written = copy(newer, entries, 0);
    copy(older, entries, written);
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + Long.BYTES * size());
    bytes.putLong(newerSince).putInt(inNewer);
    bytes.asLongBuffer().put(entries);
    return bytes.array();
  }

  private static int copy(long[] table, long[] into, int from) {
    int at = from;
    for (long entry : table) {
      if (entry != 0) {
        into[at++] = entry;
      }
    }
    return at;
  }

  /**
   * Takes what {@link #toBytes} packed, beside what is here: of what both know, the greater number
   * holds.
   */
  public void add(byte[] packed) {
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    newerSince = Math.max(newerSince, bytes.getLong());
    int those = bytes.getInt();
    for (int i = 0; bytes.hasRemaining(); i++) {
      long entry = bytes.getLong();
      if (i < those) {
        inNewer += put(newer, entry);
        newer = inNewer * 2 > newer.length ? grown(newer) : newer;
      } else {
        inOlder += put(older, entry);
        older = inOlder * 2 > older.length ? grown(older) : older;
      }
    }
  }

  private static int put(long[] table, long entry) {
    int at = place(table, entry & ~VALUE);
    int more = table[at] == 0 ? 1 : 0;
    table[at] = (entry & ~VALUE) | Math.max(table[at] & VALUE, entry & VALUE);
    return more;
  }
}
