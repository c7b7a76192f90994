package dev.upswell.contract.redis;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Timestamps;
import dev.upswell.contract.events.TrendingList;
import java.nio.ByteBuffer;

/**
 * Both lists of a scope in one value, so that no reader sees half of them.
 *
 * <p>Packed as 8 bytes for the time in Unix milliseconds, big-endian, which scripts compare, then
 * the lists in Protobuf.
 */
public record TrendingValue(TrendingList lists) {
  /** The time until which things are in the lists, in Unix milliseconds. */
  public long at() {
    return Timestamps.toMillis(lists.getAt());
  }

  /** The packed form. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(Long.BYTES + lists.getSerializedSize())
        .putLong(at())
        .put(lists.toByteArray())
        .array();
  }

  /**
   * Reads the packed form.
   *
   * @throws IllegalArgumentException for an invalid form
   */
  public static TrendingValue fromBytes(byte[] bytes) {
    if (bytes.length < Long.BYTES) {
      throw new IllegalArgumentException(
          "trending: " + bytes.length + " bytes (expected: " + Long.BYTES + " or more)");
    }
    try {
      ByteBuffer lists = ByteBuffer.wrap(bytes, Long.BYTES, bytes.length - Long.BYTES);
      return new TrendingValue(TrendingList.parseFrom(lists));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("trending: " + e.getMessage(), e);
    }
  }
}
