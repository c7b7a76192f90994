package dev.upswell.contract.redis;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Whom a user follows, at an epoch.
 *
 * <p>Packed as 8 bytes for the epoch and 8 for each followee, all big-endian.
 *
 * @param epoch changes whenever an edge has to become known to an audience; 0 for nobody. The
 *     user's feed is complete only while it equals the value at {@link RedisKeys#warm}. Negative
 *     for a user who follows too many to be pushed to
 * @param followees ascending, without doubles; not copied, and never changed by anyone
 */
@SuppressWarnings("ArrayRecordComponent") // Read on every request: no copy, no boxing.
public record Following(long epoch, long[] followees) {
  /** A user who never followed anyone. */
  public static final Following NONE = new Following(0, new long[0]);

  /** Whether the creator is followed. */
  public boolean contains(long creatorId) {
    return Arrays.binarySearch(followees, creatorId) >= 0;
  }

  /** Whether the user follows too many to be pushed to, so that every feed is computed. */
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
