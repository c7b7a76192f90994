package dev.upswell.popularity.trending;

import dev.upswell.contract.Hash64;
import java.nio.ByteBuffer;

/**
 * Actions of each viewer on each video within an hour, as a number of eight bits with a fingerprint
 * of 40. It bounds memory for the cap on one viewer's contribution.
 *
 * <p>The hour begins with the first action that counts. A later action begins another hour when an
 * hour has passed since then; so a viewer counts once within an hour, also across the turn of a UTC
 * hour. An action of more than an hour before the last beginning does not count, because what was
 * counted before is not stored. Entries are evicted by the watermark, when no event of their hour
 * can count any more. The watermark decides, because one of two partitions may be hours ahead of
 * the other, and must not evict its entries. Before that, only entries above the capacity are
 * evicted, the least recently used first. With two million fingerprints, a new one collides with a
 * chance of one in five hundred thousand. Not thread-safe.
 */
public final class ViewerCaps {
  /** The greatest value; that of an action that does not count, because it is too old. */
  public static final int TOO_OLD = 255;

  /** Slots after which an action counts again. */
  static final int WINDOW = Slots.PER_HOUR;

  private static final byte VERSION = 2;

  /** Interval of evictions by time, in slots. */
  private static final int EVICTION_INTERVAL = Slots.PER_HOUR / 6;

  private final CapTable table;
  private final int memory;
  private int slot;
  private boolean isOver;
  private long evictedAt = Integer.MIN_VALUE;

  /**
   * Creates empty caps, which expire after an hour.
   *
   * @param capacity pairs of viewer and video, in each of two generations; 8 to 32 bytes each
   */
  public ViewerCaps(int capacity) {
    this(capacity, WINDOW);
  }

  /**
   * Creates empty caps.
   *
   * @param memory slots after which an entry has no meaning
   */
  ViewerCaps(int capacity, int memory) {
    this.table = new CapTable(capacity);
    this.memory = memory;
  }

  /** Returns the entry of a viewer, a video and a kind of action. */
  CapTable entry(long viewerId, long videoId, int kind) {
    long hash = Hash64.mix(Hash64.spread(viewerId)) ^ Hash64.spread(videoId);
    table.find(CapTable.fingerprint(Hash64.mix(hash + kind)));
    return table;
  }

  /**
   * Returns the value {@linkplain #put put} within the hour of an action; 0 if there is none or it
   * was evicted, {@link #TOO_OLD} if a later hour has begun.
   *
   * @param inSlot slot of the action
   */
  public int get(long viewerId, long videoId, int inSlot) {
    return get(viewerId, videoId, 0, inSlot);
  }

  int get(long viewerId, long videoId, int kind, int inSlot) {
    CapTable entry = entry(viewerId, videoId, kind);
    slot = inSlot;
    int since = entry.since(inSlot);
    isOver = entry.value() == 0 || since >= WINDOW;
    if (isOver) {
      return 0;
    }
    return since <= -WINDOW ? TOO_OLD : entry.value();
  }

  /**
   * Stores the value of the pair of the last {@link #get}.
   *
   * @param value 1 to 255
   */
  public void put(int value) {
    if (isOver) {
      table.set(slot, value);
    } else {
      table.setValue(value);
    }
  }

  /**
   * Evicts the entries of which nothing can count any more.
   *
   * @param watermark in Unix milliseconds
   */
  public void evict(long watermark) {
    if (watermark == Long.MAX_VALUE || watermark == Long.MIN_VALUE) {
      return;
    }
    int closed = Slots.closedBy(watermark);
    if (closed - evictedAt >= EVICTION_INTERVAL) {
      evictedAt = closed;
      // Events of an hour before still count.
      table.evict(closed, memory + WINDOW);
    }
  }

  /** Returns the number of entries; an entry in both generations counts twice. */
  public int size() {
    return table.size();
  }

  /** Returns the packed form, with its version in the first byte. */
  public byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(1 + table.bytes()).put(VERSION);
    table.write(bytes);
    return bytes.array();
  }

  /**
   * Adds the entries of a packed form; of two the later one wins.
   *
   * @throws IllegalArgumentException if it is of another version
   */
  public void add(byte[] packed) {
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    byte version = bytes.get();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "version of viewer caps: " + version + " (expected: " + VERSION + ")");
    }
    table.read(bytes);
  }
}
