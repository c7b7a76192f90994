package dev.upswell.feeds.viewer;

/**
 * What a user and a creator said about being together, by the time at which they said it.
 *
 * <p>Records are read again after a failure, and in another order. So that nothing is shown
 * meanwhile that was not allowed any more, what parted them stays until something is known that
 * came after it: a later follow for an unfollow, but for a block its own unblock.
 *
 * <p>All times are Unix milliseconds; 0 for never.
 *
 * @param together whether the creator's videos may be shown to the user. If so, the times tell up
 *     to when what parted them does not count; if not, when they were parted
 * @param unfollowAt the user unfollowed the creator
 * @param blockAt the user blocked the creator
 * @param blockedAt the creator blocked the user
 */
public record RelationshipTombstone(
    long creatorId, boolean together, long unfollowAt, long blockAt, long blockedAt) {
  /** What a relation means for what is shown, once the bond is this. */
  static RelationshipTombstone of(RelationshipEvent relation, RelationshipState bond) {
    long creator = relation.otherId();
    if (bond.holds()) {
      return new RelationshipTombstone(
          creator, true, bond.followAt(), bond.blockAt(), bond.blockedAt());
    }
    long at = relation.at();
    return switch (relation.kind()) {
      case UNFOLLOW -> new RelationshipTombstone(creator, false, at, 0, 0);
      case BLOCK -> new RelationshipTombstone(creator, false, 0, at, 0);
      case BLOCKED_BY -> new RelationshipTombstone(creator, false, 0, 0, at);
      case FOLLOW, UNBLOCK, UNBLOCKED_BY -> new RelationshipTombstone(creator, false, 0, 0, 0);
    };
  }
}
