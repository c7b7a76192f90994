package dev.upswell.feeds.viewer;

/**
 * Tombstone of a relationship: an unfollow or block, by event time.
 *
 * <p>Records are read again after a failure, in another order. A tombstone hides the creator
 * meanwhile, until a later event lifts it: a later follow for an unfollow, the matching unblock for
 * a block.
 *
 * <p>All times are Unix milliseconds; 0 for never.
 *
 * @param together whether the creator's videos may be shown. If so, the times are those up to which
 *     tombstones are void; otherwise those of the separation
 * @param unfollowAt unfollow of the creator by the user
 * @param blockAt block of the creator by the user
 * @param blockedAt block of the user by the creator
 */
public record RelationshipTombstone(
    long creatorId, boolean together, long unfollowAt, long blockAt, long blockedAt) {
  /** Returns the tombstone for an event, given the relationship after it. */
  static RelationshipTombstone of(RelationshipEvent relation, RelationshipState relationship) {
    long creator = relation.otherId();
    if (relationship.holds()) {
      return new RelationshipTombstone(
          creator, true, relationship.followAt(), relationship.blockAt(), relationship.blockedAt());
    }
    return switch (relation.kind()) {
      case UNFOLLOW -> new RelationshipTombstone(creator, false, relationship.unfollowAt(), 0, 0);
      case BLOCK -> new RelationshipTombstone(creator, false, 0, relationship.blockAt(), 0);
      case BLOCKED_BY -> new RelationshipTombstone(creator, false, 0, 0, relationship.blockedAt());
      case FOLLOW, UNBLOCK, UNBLOCKED_BY -> new RelationshipTombstone(creator, false, 0, 0, 0);
    };
  }
}
