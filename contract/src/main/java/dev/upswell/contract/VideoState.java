package dev.upswell.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.upswell.contract.events.Video;
import java.nio.ByteBuffer;

/**
 * State of one video: the result of all its records in the topic {@code videos} so far.
 *
 * <p>Creator, category, visibility and existence of a video come from here, never from a view, an
 * engagement or the id. The first record decides the creator, by its time; a later publication that
 * names another creator has no effect. A removal counts whatever creator it names, also before the
 * publication, and is final. Of the publications by the creator the latest one counts, and of two
 * with the same time the one that arrived later. Records of different creators are in different
 * partitions, and their order of arrival makes no difference.
 *
 * <p>Immutable and thread-safe.
 *
 * @param creatorId creator of the video; 0 without a publication
 * @param publishedAt earliest publication, in Unix milliseconds; 0 without one
 * @param at time of the publication that the other fields are from, in Unix milliseconds
 * @param visibility never unspecified or unrecognized
 * @param category category; empty if absent
 * @param removedAt earliest removal, in Unix milliseconds; 0 without one
 */
public record VideoState(
    long creatorId,
    long publishedAt,
    long at,
    Video.Visibility visibility,
    String category,
    long removedAt) {
  /** The state without records. */
  public static final VideoState UNKNOWN = new VideoState(0, 0, 0, Video.Visibility.PRIVATE, "", 0);

  private static final byte VERSION = 1;
  private static final int FIXED_BYTES = 2 + 4 * Long.BYTES;

  /** Returns the state after a record; the same object if the record has no effect. */
  public VideoState after(Video video) {
    if (video.getType() == Video.Type.REMOVED) {
      return removedAt != 0 && removedAt <= video.getAt() ? this : removed(video.getAt());
    }
    if (creatorId == 0 || isEarlier(video)) {
      return published(video, video.getAt());
    }
    if (video.getCreatorId() != creatorId || video.getAt() < at) {
      return this;
    }
    return published(video, publishedAt);
  }

  /** Returns whether a record of another creator has precedence over the records so far. */
  private boolean isEarlier(Video video) {
    return video.getCreatorId() != creatorId
        && (video.getAt() < publishedAt
            || (video.getAt() == publishedAt && video.getCreatorId() < creatorId));
  }

  private VideoState published(Video video, long first) {
    return new VideoState(
        video.getCreatorId(),
        first,
        video.getAt(),
        visibilityOf(video),
        video.getCategory(),
        removedAt);
  }

  private VideoState removed(long time) {
    return new VideoState(creatorId, publishedAt, at, visibility, category, time);
  }

  /** Returns the visibility that a publication names: PUBLIC, FOLLOWERS or PRIVATE. */
  public static Video.Visibility visibilityOf(Video video) {
    return switch (video.getVisibility()) {
      case VISIBILITY_UNSPECIFIED, PUBLIC -> Video.Visibility.PUBLIC;
      case FOLLOWERS -> Video.Visibility.FOLLOWERS;
      // A visibility of a later release is not shown to more people than it may allow.
      case PRIVATE, UNRECOGNIZED -> Video.Visibility.PRIVATE;
    };
  }

  /** Returns whether the video was published, whatever happened to it since. */
  public boolean isKnown() {
    return creatorId != 0;
  }

  /** Returns whether the video was removed. */
  public boolean isRemoved() {
    return removedAt != 0;
  }

  /** Returns whether everyone may see the video. */
  public boolean isPublic() {
    return isKnown() && !isRemoved() && visibility == Video.Visibility.PUBLIC;
  }

  /** Returns whether followers of the creator may see the video. */
  public boolean isVisibleToFollowers() {
    return isKnown() && !isRemoved() && visibility != Video.Visibility.PRIVATE;
  }

  /** Returns the packed form, with its version in the first byte. */
  public byte[] toBytes() {
    byte[] text = category.getBytes(UTF_8);
    return ByteBuffer.allocate(FIXED_BYTES + text.length)
        .put(VERSION)
        .put((byte) visibility.getNumber())
        .putLong(creatorId)
        .putLong(publishedAt)
        .putLong(at)
        .putLong(removedAt)
        .put(text)
        .array();
  }

  /**
   * Reads the packed form.
   *
   * @throws IllegalArgumentException if it is of another version
   */
  public static VideoState fromBytes(byte[] packed) {
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    byte version = bytes.get();
    Video.Visibility visibility = Video.Visibility.forNumber(bytes.get());
    if (version != VERSION || visibility == null) {
      throw new IllegalArgumentException(
          "version of a video state: " + version + " (expected: " + VERSION + ")");
    }
    long creatorId = bytes.getLong();
    long publishedAt = bytes.getLong();
    long at = bytes.getLong();
    long removedAt = bytes.getLong();
    String category = new String(packed, FIXED_BYTES, packed.length - FIXED_BYTES, UTF_8);
    return new VideoState(creatorId, publishedAt, at, visibility, category, removedAt);
  }
}
