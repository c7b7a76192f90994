package dev.upswell.trending;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.upswell.contract.events.Video;
import dev.upswell.popularity.trending.VideoMetadata;
import java.nio.ByteBuffer;

/**
 * Metadata of a video with its event time. The newest event time wins, in any order of arrival.
 *
 * @param at in Unix milliseconds
 */
record TimedMetadata(long at, VideoMetadata metadata) {
  private static final int HEAD = Long.BYTES + 1;

  /** Returns the metadata in a record. Only public videos are listed. */
  static TimedMetadata of(Video video) {
    boolean isOpen =
        video.getType() == Video.Type.PUBLISHED
            && (video.getVisibility() == Video.Visibility.PUBLIC
                || video.getVisibility() == Video.Visibility.VISIBILITY_UNSPECIFIED);
    // A removed video is never published again.
    long at = video.getType() == Video.Type.REMOVED ? Long.MAX_VALUE : video.getAt();
    return new TimedMetadata(at, VideoMetadata.of(video.getCategory(), !isOpen));
  }

  byte[] toBytes() {
    byte[] category = metadata.category().getBytes(UTF_8);
    return ByteBuffer.allocate(HEAD + category.length)
        .putLong(at)
        .put((byte) (metadata.hidden() ? 1 : 0))
        .put(category)
        .array();
  }

  static TimedMetadata fromBytes(byte[] packed) {
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    long at = bytes.getLong();
    boolean hidden = bytes.get() == 1;
    return new TimedMetadata(
        at, new VideoMetadata(new String(packed, HEAD, packed.length - HEAD, UTF_8), hidden));
  }
}
