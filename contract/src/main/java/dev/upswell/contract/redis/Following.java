package dev.upswell.contract.redis;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Followees of a user, with their epoch.
 *
 * <p>Packed as 8 bytes for the epoch and 8 per followee, all big-endian.
 *
 * @param epoch changes with every added edge; 0 without followees. The feed is complete only while
 *     it equals {@link RedisKeys#warm}. Negative for a pulled viewer
 * @param followees ascending, without duplicates; not copied and never modified
 */
@SuppressWarnings("ArrayRecordComponent") // Read on every request: no copy, no boxing.
public record Following(long epoch, long[] followees) {
  /** The following of a user without follows. */
  public static final Following NONE = new Following(0, new long[0]);

  /** Returns whether the creator is followed. */
  public boolean contains(long creatorId) {
    return Arrays.binarySearch(followees, creatorId) >= 0;
  }

  /** Returns whether the user is a pulled viewer. */
  public boolean isPulled() {
    return epoch < 0;
  }

  /** The same without some creators. */
  public Following without(long[] creators) {
    if (creators.length == 0) {
      return this;
    }
    long[] gone = creators.clone();
    Arrays.sort(gone);
    long[] left =
        Arrays.stream(followees).filter(id -> Arrays.binarySearch(gone, id) < 0).toArray();
    return new Following(epoch, left);
  }

  /** The packed form. */
  public byte[] toBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES * (followees.length + 1)).putLong(epoch);
    for (long followee : followees) {
      buffer.putLong(followee);
    }
    return buffer.array();
  }

  /**
   * Reads the packed form.
   *
   * @throws IllegalArgumentException if the length is not 8 bytes for the epoch and each followee
   */
  public static Following fromBytes(byte[] bytes) {
    if (bytes.length < Long.BYTES || bytes.length % Long.BYTES != 0) {
      throw new IllegalArgumentException(
          "following: " + bytes.length + " bytes (expected: a positive multiple of 8)");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long epoch = buffer.getLong();
    long[] followees = new long[buffer.remaining() / Long.BYTES];
    buffer.asLongBuffer().get(followees);
    return new Following(epoch, followees);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Following that
        && epoch == that.epoch
        && Arrays.equals(followees, that.followees);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(epoch) + Arrays.hashCode(followees);
  }

  @Override
  public String toString() {
    return "Following[epoch=" + epoch + ", followees=" + Arrays.toString(followees) + "]";
  }
}
