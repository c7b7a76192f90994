package dev.upswell.feeds.viewer;

/**
 * What a user and another have said of each other, by the time at which they said it.
 *
 * <p>The two say it in different partitions of a topic, which are read in any order, and after a
 * failure in another order than before. So what holds must not depend on the order of arrival, only
 * on the times; a block wins over a follow of the same time.
 *
 * <p>All times are Unix milliseconds; 0 for never.
 *
 * @param followAt when the user last said to follow, or not to
 * @param follow which of the two
 * @param blockAt when the user last blocked the other
 * @param unblockAt when the user first unblocked the other after that
 * @param blockedAt when the other last blocked the user
 * @param unblockedAt when the other first unblocked the user after that
 */
public record RelationshipState(
    long followAt, boolean follow, long blockAt, long unblockAt, long blockedAt, long unblockedAt) {
  /** Nobody said anything. */
  public static final RelationshipState NONE = new RelationshipState(0, false, 0, 0, 0, 0);

  /** The bond after something was said; what is older than what is known changes nothing. */
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

  /** An unblock that is repeated must not seem to be later than the follow it allowed. */
  private static long first(long blockAt, long unblockAt, long at) {
    if (at <= blockAt) {
      return unblockAt;
    }
    return unblockAt > blockAt ? Math.min(unblockAt, at) : at;
  }

  /** Whether the user follows the other: said so last, not blocked then, and not blocked since. */
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
