package dev.upswell.feeds.viewer;

/**
 * Relationship between two users, by event time.
 *
 * <p>The records of both users are in different partitions, which are read in any order, and in
 * another order after a failure. So the result depends only on event times; a block wins over a
 * follow of the same time.
 *
 * <p>All times are Unix milliseconds; 0 for never.
 *
 * @param followAt last follow or unfollow by the user
 * @param follow which of both
 * @param blockAt last block of the other by the user
 * @param unblockAt first unblock after it
 * @param blockedAt last block of the user by the other
 * @param unblockedAt first unblock after it
 */
public record RelationshipState(
    long followAt, boolean follow, long blockAt, long unblockAt, long blockedAt, long unblockedAt) {
  /** The relationship without events. */
  public static final RelationshipState NONE = new RelationshipState(0, false, 0, 0, 0, 0);

  /** Returns the relationship after an event; an older one has no effect. */
  RelationshipState after(RelationshipEvent relation) {
    long at = relation.at();
    return switch (relation.kind()) {
      case FOLLOW, UNFOLLOW ->
          at < followAt
              ? this
              : new RelationshipState(
                  at,
                  relation.kind() == RelationshipEvent.Kind.FOLLOW,
                  blockAt,
                  unblockAt,
                  blockedAt,
                  unblockedAt);
      case BLOCK ->
          new RelationshipState(
              followAt, follow, Math.max(blockAt, at), unblockAt, blockedAt, unblockedAt);
      case UNBLOCK ->
          new RelationshipState(
              followAt, follow, blockAt, first(blockAt, unblockAt, at), blockedAt, unblockedAt);
      case BLOCKED_BY ->
          new RelationshipState(
              followAt, follow, blockAt, unblockAt, Math.max(blockedAt, at), unblockedAt);
      case UNBLOCKED_BY ->
          new RelationshipState(
              followAt, follow, blockAt, unblockAt, blockedAt, first(blockedAt, unblockedAt, at));
    };
  }

  /** A repeated unblock must not seem later than the follow that it allowed. */
  private static long first(long blockAt, long unblockAt, long at) {
    if (at <= blockAt) {
      return unblockAt;
    }
    return unblockAt > blockAt ? Math.min(unblockAt, at) : at;
  }

  /**
   * Returns whether the user follows the other: by the last event, not blocked then, and not
   * blocked since.
   */
  public boolean holds() {
    return follow
        && allows(followAt, blockAt, unblockAt)
        && allows(followAt, blockedAt, unblockedAt);
  }

  private static boolean allows(long followAt, long blockAt, long unblockAt) {
    boolean blockedSince = blockAt >= followAt;
    boolean unblockedBefore = unblockAt > blockAt && unblockAt <= followAt;
    return blockAt == 0 || (!blockedSince && unblockedBefore);
  }
}
