package dev.upswell.fanout;

/** What the audience of a creator is told. */
sealed interface AudienceInput {
  /** Whose audience it is. */
  long creatorId();

  /** A video is in its outbox and goes to the feeds. */
  record FanOut(long creatorId, long videoId) implements AudienceInput {}

  /**
   * A follower may be pushed to from now on.
   *
   * @param epoch of the follower's following, to be answered for
   */
  record Joined(long creatorId, long userId, long epoch) implements AudienceInput {}

  /** A follower is not to be pushed to any more. */
  record Left(long creatorId, long userId) implements AudienceInput {}
}
