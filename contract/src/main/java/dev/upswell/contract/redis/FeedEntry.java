package dev.upswell.contract.redis;

import java.nio.ByteBuffer;
import java.util.Comparator;

/**
 * One entry of a feed: 16 bytes, both ids big-endian.
 *
 * <p>Two entries are not videos. The {@linkplain #END end} stands last in a feed below which there
 * is nothing. A {@linkplain #marker marker} is put into an empty feed by the reader that builds it;
 * a list that ends in one is unfinished.
 *
 * @param videoId positive; 0 for the end, negative for a marker
 * @param creatorId who published it
 */
public record FeedEntry(long videoId, long creatorId) {
  /** Length in bytes. */
  public static final int BYTES = 16;

  /** The order of feeds. */
  public static final Comparator<FeedEntry> NEWEST_FIRST =
      Comparator.comparingLong(FeedEntry::videoId).reversed();

  /** Last in a feed that holds everything there is. */
  public static final FeedEntry END = new FeedEntry(0, 0);

  /**
   * The place behind which a reader will put what it finds.
   *
   * @param builder tells builders apart; any value
   */
  public static FeedEntry marker(long builder) {
    return new FeedEntry(-1, builder);
  }

  /** Whether this is a {@link #marker}. */
  public boolean isMarker() {
    return videoId < 0;
  }

  /** The packed form. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES).putLong(videoId).putLong(creatorId).array();
  }

  /**
   * Reads the packed form.
   *
   * @throws IllegalArgumentException unless there are 16 bytes
   */
  public static FeedEntry fromBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "feed entry: " + bytes.length + " bytes (expected: " + BYTES + ")");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new FeedEntry(buffer.getLong(), buffer.getLong());
  }
}
