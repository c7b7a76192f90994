package dev.upswell.feeds.viewer;

import dev.upswell.feeds.viewer.RelationshipEvent.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Relationship between two users.
 *
 * <p>The records of one user are in one partition and take effect in the order of arrival: users
 * have devices with different clocks, and a user who unblocks after a block means it, whatever the
 * clocks say. The records of the two users are in different partitions, which are read in any
 * order, and in another order after a failure. So between the users the times decide, and a block
 * wins over a follow of the same time. The result is the same in any order of the partitions.
 *
 * <p>A record takes effect at its time, or right after the user's last one if that is later. A
 * record older than the last one by more than {@link #MAX_SKEW_MILLIS} is no question of clocks: it
 * was sent late, and has the effect that it would have had at its time. A record of the kind and
 * time of one of the last {@value #REMEMBERED} is a retry without effect.
 *
 * <p>All times are Unix milliseconds; 0 for never.
 *
 * @param followAt last follow by the user
 * @param unfollowAt last unfollow by the user
 * @param blockAt last block of the other by the user
 * @param unblockAt first unblock after it
 * @param blockedAt last block of the user by the other
 * @param unblockedAt first unblock after it
 * @param ownRecords last records of the user, oldest first, see {@link #identity}
 * @param othersRecords last records of the other
 */
public record RelationshipState(
    long followAt,
    long unfollowAt,
    long blockAt,
    long unblockAt,
    long blockedAt,
    long unblockedAt,
    List<Long> ownRecords,
    List<Long> othersRecords) {
  /** Number of records of a user that are remembered to recognize retries. */
  static final int REMEMBERED = 8;

  private static final int KINDS = 4;

  /** Maximum difference between the clocks of a user's devices that has no effect: ten minutes. */
  public static final long MAX_SKEW_MILLIS = 10 * 60_000L;

  /** The relationship without events. */
  public static final RelationshipState NONE =
      new RelationshipState(0, 0, 0, 0, 0, 0, List.of(), List.of());

  /** Returns the relationship after an event; an outdated or repeated one has no effect. */
  RelationshipState after(RelationshipEvent relation) {
    return switch (relation.kind()) {
      case FOLLOW, UNFOLLOW, BLOCK, UNBLOCK -> afterOwn(relation);
      case BLOCKED_BY, UNBLOCKED_BY -> afterOthers(relation);
    };
  }

  private RelationshipState afterOwn(RelationshipEvent relation) {
    long identity = identity(relation);
    if (ownRecords.contains(identity)) {
      return this;
    }
    long at = timeAfter(lastOwn(), relation.at());
    Kind kind = relation.kind();
    return new RelationshipState(
        kind == Kind.FOLLOW ? Math.max(followAt, at) : followAt,
        kind == Kind.UNFOLLOW ? Math.max(unfollowAt, at) : unfollowAt,
        kind == Kind.BLOCK ? Math.max(blockAt, at) : blockAt,
        kind == Kind.UNBLOCK ? first(blockAt, unblockAt, at) : unblockAt,
        blockedAt,
        unblockedAt,
        with(ownRecords, identity),
        othersRecords);
  }

  private RelationshipState afterOthers(RelationshipEvent relation) {
    long identity = identity(relation);
    if (othersRecords.contains(identity)) {
      return this;
    }
    long at = timeAfter(Math.max(blockedAt, unblockedAt), relation.at());
    boolean isBlock = relation.kind() == Kind.BLOCKED_BY;
    return new RelationshipState(
        followAt,
        unfollowAt,
        blockAt,
        unblockAt,
        isBlock ? Math.max(blockedAt, at) : blockedAt,
        isBlock ? unblockedAt : first(blockedAt, unblockedAt, at),
        ownRecords,
        with(othersRecords, identity));
  }

  /** Returns time and kind of a record as one number. */
  private static long identity(RelationshipEvent relation) {
    int kind =
        switch (relation.kind()) {
          case FOLLOW -> 0;
          case UNFOLLOW -> 1;
          case BLOCK, BLOCKED_BY -> 2;
          case UNBLOCK, UNBLOCKED_BY -> 3;
        };
    return relation.at() * KINDS + kind;
  }

  private static List<Long> with(List<Long> records, long identity) {
    List<Long> more = new ArrayList<>(records);
    more.add(identity);
    return List.copyOf(more.subList(Math.max(0, more.size() - REMEMBERED), more.size()));
  }

  private long lastOwn() {
    return Math.max(Math.max(followAt, unfollowAt), Math.max(blockAt, unblockAt));
  }

  private static long timeAfter(long last, long at) {
    return at < last - MAX_SKEW_MILLIS ? at : Math.max(at, last + 1);
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
    return followAt > unfollowAt
        && allows(followAt, blockAt, unblockAt)
        && allows(followAt, blockedAt, unblockedAt);
  }

  private static boolean allows(long followAt, long blockAt, long unblockAt) {
    boolean blockedSince = blockAt >= followAt;
    boolean unblockedBefore = unblockAt > blockAt && unblockAt <= followAt;
    return blockAt == 0 || (!blockedSince && unblockedBefore);
  }
}
