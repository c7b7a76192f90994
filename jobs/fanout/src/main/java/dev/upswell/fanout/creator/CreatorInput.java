package dev.upswell.fanout.creator;

/** Input of a creator. */
public sealed interface CreatorInput {
  /** Returns the creator. */
  long creatorId();

  /**
   * A video is in the outbox, and followers could not see it before.
   *
   * @param at time of the record, Unix milliseconds
   * @param readAt time at which the job read it, Unix milliseconds
   */
  record Published(long creatorId, long videoId, long at, long readAt) implements CreatorInput {}

  /**
   * A user follows or unfollows the creator.
   *
   * @param change 1 or -1
   */
  record Counted(long creatorId, int change) implements CreatorInput {}

  /**
   * A follower may be pushed to from now on.
   *
   * @param epoch of the follower's following, to be answered for
   */
  record Joined(long creatorId, long userId, long epoch) implements CreatorInput {}

  /** A follower is not to be pushed to any more. */
  record Left(long creatorId, long userId) implements CreatorInput {}
}
