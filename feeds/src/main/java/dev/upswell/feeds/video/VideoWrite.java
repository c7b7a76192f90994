package dev.upswell.feeds.video;

import dev.upswell.contract.VideoState;
import dev.upswell.contract.events.Video;

/**
 * Write of a video: its data or its removal, then the change of its creator's outbox.
 *
 * @param video what is written about the video
 * @param outbox what enters and leaves the outbox
 */
public record VideoWrite(VideoChange video, OutboxChange outbox) {
  /** Returns the write of the only record of a video, for an outbox that is not full. */
  public static VideoWrite of(Video record) {
    VideoChange change = VideoChange.of(VideoState.UNKNOWN, record).get(0);
    return new VideoWrite(
        change,
        change.isListed()
            ? OutboxChange.adding(change.videoId())
            : OutboxChange.removing(change.videoId()));
  }
}
