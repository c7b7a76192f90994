package dev.upswell.popularity.trending;

import dev.upswell.contract.Hash64;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What each viewer did with each video in a UTC hour, as a number of eight bits beside a
 * fingerprint of 56: bounded memory for a cap on what one viewer adds.
 *
 * <p>Each hour has tables of its own, which are forgotten when time has passed it by an hour, as
 * nothing of it can count any more. It is the watermark that tells: one of two partitions may be
 * read hours ahead of the other, and its events must not let those of the other be forgotten.
 * Before that only what is too much is forgotten, the oldest hour first. Among a million
 * fingerprints a new one seems known with a chance of one in seventy thousand million.
 *
 * <p>Not safe for use by several threads.
 */
public final class ViewerCaps {
  private static final long HOUR = Slots.MILLIS * Slots.PER_HOUR;
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private final int capacity;
  private final NavigableMap<Long, CapTable> hours = new TreeMap<>();

  /** The hour that was asked for last: nearly all events are of the same. */
  private @Nullable CapTable current;

  private long currentHour;

  /**
   * Knows nobody.
   *
   * @param capacity viewers and videos of an hour in each of two generations; 8 to 32 bytes each
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
    long hash = Hash64.mix(viewerId * FACTOR) ^ (videoId * FACTOR);
    return at(Math.floorDiv(time, HOUR)).get(CapTable.fingerprint(Hash64.mix(hash)));
  }

  /**
   * Keeps a number for what {@link #get} was last asked about.
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
  public void forget(long watermark) {
    long over = Math.floorDiv(watermark, HOUR) - 2;
    while (!hours.isEmpty() && hours.firstKey() <= over) {
      hours.pollFirstEntry();
      current = null;
    }
  }

  /** How many are known, some of them twice. */
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

  /**
   * Takes what {@link #toBytes} packed, beside what is here: of what both know, the greater number
   * holds.
   */
  public void add(byte[] packed) {
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    while (bytes.hasRemaining()) {
      hours.computeIfAbsent(bytes.getLong(), hour -> new CapTable(capacity)).read(bytes);
    }
  }
}
