package dev.upswell.fanout.outbox;

import dev.upswell.feeds.video.VideoChange;

/**
 * A change of a video, for the outbox of a creator.
 *
 * @param readAt time at which the job read the record, Unix milliseconds
 */
public record OutboxInput(VideoChange change, long readAt) {
  /** Returns the creator, which is the key of the stream. */
  public long creatorId() {
    return change.creatorId();
  }
}
