package dev.upswell.fanout.creator;

/** What a creator is told. */
public sealed interface CreatorInput {
  /** Whom it concerns. */
  long creatorId();

  /**
   * A video is in its outbox.
   *
   * @param at when it was published, Unix milliseconds
   * @param hidden whether nobody may see it
   */
  record Published(long creatorId, long videoId, long at, boolean hidden) implements CreatorInput {}

  /**
   * Somebody follows the creator, or does no longer.
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
