package dev.upswell.contract.redis;

import java.nio.ByteBuffer;
import java.util.Comparator;

/**
 * One entry of a feed: 16 bytes, both ids big-endian.
 *
 * <p>The last entry of a list is not a video. The {@linkplain #tail tail} of a finished list has
 * the floor and the build number. A {@linkplain #marker marker} is written into an empty feed by a
 * reader; a list that ends in one is unfinished.
 *
 * @param videoId positive; in a tail the floor, 0 for none; negative for a marker
 * @param creatorId creator of the video; in a tail the build number
 */
public record FeedEntry(long videoId, long creatorId) {
  /** Length in bytes. */
  public static final int BYTES = 16;

  /** The order of feeds. */
  public static final Comparator<FeedEntry> NEWEST_FIRST =
      Comparator.comparingLong(FeedEntry::videoId).reversed();

  /** Tail of a list without older videos and without a build number. */
  public static final FeedEntry END = new FeedEntry(0, 0);

  /**
   * Creates the last entry of a finished list.
   *
   * @param floor video id down to which the list is complete; 0 if no older video exists
   * @param build number that identifies the list: every rewrite of a list gets another one
   */
  public static FeedEntry tail(long floor, long build) {
    return new FeedEntry(floor, build);
  }

  /**
   * Creates the marker that a reader replaces by its result.
   *
   * @param builder unique number of the reader; any value
   */
  public static FeedEntry marker(long builder) {
    return new FeedEntry(-1, builder);
  }

  /** Returns whether this is a {@link #marker}. */
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
