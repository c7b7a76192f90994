package dev.upswell.contract.redis;

import java.nio.ByteBuffer;

/**
 * Saved computed feed of a pulled viewer.
 *
 * <p>Packed as 8 bytes for the epoch, 8 for the time and 16 per entry, all big-endian.
 *
 * @param epoch epoch of the {@link Following} behind it; invalid with another one
 * @param asOf time of the computation, in Unix milliseconds
 * @param list newest first, complete down to its floor
 */
public record FeedSnapshot(long epoch, long asOf, FeedList list) {
  private static final int HEAD = 2 * Long.BYTES;

  /** The packed form. */
  public byte[] toBytes() {
    byte[] entries = list.toBytes();
    return ByteBuffer.allocate(HEAD + entries.length)
        .putLong(epoch)
        .putLong(asOf)
        .put(entries)
        .array();
  }

  /**
   * Reads the packed form.
   *
   * @throws IllegalArgumentException if the length is not 16 bytes and 16 for each entry
   */
  public static FeedSnapshot fromBytes(byte[] bytes) {
    if (bytes.length < HEAD || (bytes.length - HEAD) % FeedEntry.BYTES != 0) {
      throw new IllegalArgumentException(
          "pulled feed: " + bytes.length + " bytes (expected: 16 and 16 for each entry)");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long epoch = buffer.getLong();
    long asOf = buffer.getLong();
    FeedList list = new FeedList(buffer.remaining() / FeedEntry.BYTES);
    while (buffer.hasRemaining()) {
      list.add(buffer.getLong(), buffer.getLong());
    }
    return new FeedSnapshot(epoch, asOf, list);
  }
}
