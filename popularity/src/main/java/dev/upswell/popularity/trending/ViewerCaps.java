package dev.upswell.popularity.trending;

import dev.upswell.contract.Hash64;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Actions of each viewer on each video in a UTC hour, as a number of eight bits with a fingerprint
 * of 56. It bounds memory for the cap on one viewer's contribution.
 *
 * <p>Each hour has its own tables. They are deleted when the watermark has passed the hour by an
 * hour, because no event of it can count any more. The watermark decides, because one of two
 * partitions may be hours ahead of the other, and must not evict its entries. Before that, only
 * entries above the capacity are evicted, the oldest hour first. With a million fingerprints, a new
 * one collides with a chance of one in seventy thousand million. Not thread-safe.
 */
public final class ViewerCaps {
  private static final long HOUR = Slots.MILLIS * Slots.PER_HOUR;

  private final int capacity;
  private final NavigableMap<Long, CapTable> hours = new TreeMap<>();

  /** Table of the last accessed hour; nearly all events belong to it. */
  private @Nullable CapTable current;

  private long currentHour;

  /**
   * Creates empty caps.
   *
   * @param capacity pairs of viewer and video per hour, in each of two generations; 8 to 32 bytes
   *     each
   */
  public ViewerCaps(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Returns the last value {@linkplain #put put} for a viewer, a video and the UTC hour of a time;
   * 0 if there is none or it was evicted.
   *
   * @param time of the event, in Unix milliseconds
   */
  public int get(long viewerId, long videoId, long time) {
    long hash = Hash64.mix(Hash64.spread(viewerId)) ^ Hash64.spread(videoId);
    return at(Math.floorDiv(time, HOUR)).get(CapTable.fingerprint(Hash64.mix(hash)));
  }

  /**
   * Stores the value of the pair of the last {@link #get}.
   *
   * @param value 0 to 255
   */
  public void put(int value) {
    at(currentHour).put(value);
  }

  private CapTable at(long hour) {
    CapTable caps = current;
    if (caps == null || hour != currentHour) {
      caps = hours.get(hour);
      if (caps == null) {
        caps = begin(hour);
      }
      current = caps;
      currentHour = hour;
    }
    return caps;
  }

  private CapTable begin(long hour) {
    while (hours.size() > 1 && size() > 2L * capacity) {
      hours.pollFirstEntry();
    }
    CapTable caps = new CapTable(capacity);
    hours.put(hour, caps);
    return caps;
  }

  /**
   * Forgets the hours of which nothing can count any more.
   *
   * @param watermark in Unix milliseconds
   */
  public void evict(long watermark) {
    long over = Math.floorDiv(watermark, HOUR) - 2;
    while (!hours.isEmpty() && hours.firstKey() <= over) {
      hours.pollFirstEntry();
      current = null;
    }
  }

  /** Returns the number of entries; an entry in both generations counts twice. */
  public int size() {
    return hours.values().stream().mapToInt(CapTable::size).sum();
  }

  /** All of it, packed. */
  public byte[] toBytes() {
    int length = hours.values().stream().mapToInt(hour -> Long.BYTES + hour.bytes()).sum();
    ByteBuffer bytes = ByteBuffer.allocate(length);
    for (Map.Entry<Long, CapTable> hour : hours.entrySet()) {
      hour.getValue().write(bytes.putLong(hour.getKey()));
    }
    return bytes.array();
  }

  /** Adds the entries of a packed form; the greater value of two wins. */
  public void add(byte[] packed) {
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    while (bytes.hasRemaining()) {
      hours.computeIfAbsent(bytes.getLong(), hour -> new CapTable(capacity)).read(bytes);
    }
  }
}
