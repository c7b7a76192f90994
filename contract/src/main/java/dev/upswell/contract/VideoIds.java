package dev.upswell.contract;

import com.github.f4b6a3.tsid.Tsid;
import com.github.f4b6a3.tsid.TsidFactory;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Generator of video ids: positive, unique and ordered by time, so that ids are ordered by
 * publication.
 *
 * <p>An id has the milliseconds since {@link #EPOCH_MILLIS} in its high 41 bits, then 10 bits of
 * the node and 12 bits of a counter within the millisecond. Its Unix time is {@code (id >> 22) +
 * EPOCH_MILLIS}. The epoch of 2020 keeps ids positive until September 2089.
 *
 * <p>Thread-safe.
 */
public final class VideoIds {
  /** The Unix time in milliseconds at which ids begin: 2020-01-01T00:00:00Z. */
  public static final long EPOCH_MILLIS = Tsid.TSID_EPOCH;

  private static final int LOW_BITS = 22;
  private static final int MAX_LOW = (1 << LOW_BITS) - 1;
  private static final int NODE_BITS = 10;
  private static final int MAX_NODE = (1 << NODE_BITS) - 1;
  private static final long MAX_MILLIS = (Long.MAX_VALUE >> LOW_BITS) + EPOCH_MILLIS;

  private final TsidFactory factory;

  /**
   * Creates a generator.
   *
   * @param clock current time; after a step back, ids continue from the last time
   * @param node number of the generator among concurrent ones, 0..1023; two generators with the
   *     same node may produce equal ids
   * @throws IllegalArgumentException if the node is out of range
   */
  public VideoIds(InstantSource clock, int node) {
    if (node < 0 || node > MAX_NODE) {
      throw outOfRange("node", node, 0, MAX_NODE);
    }
    this.factory =
        TsidFactory.builder()
            .withNodeBits(NODE_BITS)
            .withNode(node)
            .withTimeFunction(() -> checkedMillis(clock.millis()))
            .build();
  }

  /**
   * Returns the next id, higher than all before it.
   *
   * @throws IllegalArgumentException if the clock is before 2020 or after September 2089
   */
  public long next() {
    return factory.create().toLong();
  }

  /**
   * Returns when the video was published, in milliseconds since 1970-01-01 UTC.
   *
   * @param videoId any positive id; of an id that was made otherwise the time has no meaning
   */
  public static long millisOf(long videoId) {
    return (videoId >> LOW_BITS) + EPOCH_MILLIS;
  }

  /**
   * Returns the id of a time and the bits below it, always the same for the same two.
   *
   * @param unixMillis milliseconds since 1970-01-01 UTC, from 2020 to September 2089
   * @param low22 the low bits, 0..4194303; not 0 at the very first millisecond, since ids are
   *     positive
   * @throws IllegalArgumentException if either is out of range
   */
  public static long at(long unixMillis, int low22) {
    if (low22 < 0 || low22 > MAX_LOW) {
      throw outOfRange("low22", low22, 0, MAX_LOW);
    }
    long id = ((checkedMillis(unixMillis) - EPOCH_MILLIS) << LOW_BITS) | low22;
    if (id == 0) {
      throw outOfRange("low22", low22, 1, MAX_LOW);
    }
    return id;
  }

  private static long checkedMillis(long unixMillis) {
    if (unixMillis < EPOCH_MILLIS || unixMillis > MAX_MILLIS) {
      throw new IllegalArgumentException(
          "time of a video id: "
              + unixMillis
              + " (expected: "
              + Instant.ofEpochMilli(EPOCH_MILLIS)
              + ".."
              + Instant.ofEpochMilli(MAX_MILLIS)
              + ")");
    }
    return unixMillis;
  }

  private static IllegalArgumentException outOfRange(String what, long given, long min, long max) {
    return new IllegalArgumentException(
        what + ": " + given + " (expected: " + min + ".." + max + ")");
  }
}
