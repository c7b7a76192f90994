package dev.upswell.feeds.video;

import dev.upswell.contract.VideoState;
import dev.upswell.contract.events.Video;
import java.util.List;

/**
 * Effect of a record of {@code videos} on the outbox of one creator.
 *
 * @param creatorId creator of the outbox
 * @param record the record
 * @param publishedAt time of the first publication, in Unix milliseconds; 0 if unknown
 * @param kind kind of the write
 */
public record VideoChange(long creatorId, Video record, long publishedAt, Kind kind) {
  /** Kind of the write. */
  public enum Kind {
    /** The data of the video, which enters the outbox and is pushed to feeds. */
    SHOWN,
    /** The data of a video that followers could already see. It is not pushed again. */
    UPDATED,
    /** The data of a video that followers may not see. It leaves the outbox. */
    HIDDEN,
    /** The removal of the video, which leaves the outbox. */
    REMOVED,
    /** Nothing: the video belongs to another creator, and leaves the outbox. */
    LOST
  }

  /**
   * Returns the effects of a record.
   *
   * @param before state of the video before the record
   * @return empty if a later record or a removal has precedence
   */
  public static List<VideoChange> of(VideoState before, Video record) {
    VideoState after = before.after(record);
    if (record.getType() == Video.Type.REMOVED) {
      // A removal may name another creator than the publication, and may arrive before it.
      long creator = before.isKnown() ? before.creatorId() : record.getCreatorId();
      return List.of(new VideoChange(creator, record, after.publishedAt(), Kind.REMOVED));
    }
    if (record.getCreatorId() != after.creatorId()) {
      // Before a failure it may have been read first.
      return List.of(
          new VideoChange(record.getCreatorId(), record, after.publishedAt(), Kind.LOST));
    }
    if (record.getAt() != after.at() || after.isRemoved()) {
      return List.of();
    }
    VideoChange own =
        new VideoChange(after.creatorId(), record, after.publishedAt(), kind(before, after));
    return before.isKnown() && before.creatorId() != after.creatorId()
        ? List.of(new VideoChange(before.creatorId(), record, after.publishedAt(), Kind.LOST), own)
        : List.of(own);
  }

  private static Kind kind(VideoState before, VideoState after) {
    if (!after.isVisibleToFollowers()) {
      return Kind.HIDDEN;
    }
    boolean wasVisible = before.isVisibleToFollowers() && before.creatorId() == after.creatorId();
    return wasVisible ? Kind.UPDATED : Kind.SHOWN;
  }

  /** Returns whether the video is in the outbox afterwards. */
  public boolean isListed() {
    return kind == Kind.SHOWN || kind == Kind.UPDATED;
  }

  /** Returns the id of the video. */
  public long videoId() {
    return record.getVideoId();
  }
}
