package dev.upswell.feeds.audience;

/**
 * A task for all members of one audience.
 *
 * @param id the video to push, or the start of the pulled state whose videos the feeds lack
 * @param at time of the record that shows the video, Unix milliseconds
 * @param readAt time at which the job read that record, Unix milliseconds
 * @param part number of the audience, from 0
 * @param parts number of audiences
 */
public record FanOut(
    Kind kind, long creatorId, long id, long at, long readAt, int part, int parts) {
  /** Action on each member's feed. */
  public enum Kind {
    /** Pushes the video. */
    PUSH,
    /** The feed is dropped. */
    DROP
  }
}
