package dev.upswell.feeds.audience;

/**
 * Something for all members of one audience.
 *
 * @param id the video to push, or since when the creator was pulled whose videos the feeds lack
 * @param at when the video was published, Unix milliseconds
 * @param part number of the audience, from 0
 * @param parts how many audiences it goes to
 */
public record FanOut(Kind kind, long creatorId, long id, long at, int part, int parts) {
  /** What is done to each member's feed. */
  public enum Kind {
    /** The video is put in front. */
    PUSH,
    /** The feed is dropped. */
    DROP
  }
}
