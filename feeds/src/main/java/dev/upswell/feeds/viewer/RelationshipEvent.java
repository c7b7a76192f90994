package dev.upswell.feeds.viewer;

import dev.upswell.contract.events.Follow;
import java.util.List;

/**
 * Change of the relationship between two users, from one user's side.
 *
 * @param userId the user whose followees may change
 * @param at event time, in Unix milliseconds
 */
public record RelationshipEvent(long userId, long otherId, Kind kind, long at) {
  /** Kind of change. */
  public enum Kind {
    /** The user follows the other. */
    FOLLOW,
    /** The user no longer follows the other. */
    UNFOLLOW,
    /** The user blocks the other. */
    BLOCK,
    /** The user no longer blocks the other. */
    UNBLOCK,
    /** The user is blocked by the other. */
    BLOCKED_BY,
    /** The user is no longer blocked by the other. */
    UNBLOCKED_BY
  }

  /**
   * Converts a record to one event per user. A block ends follows in both directions.
   *
   * @throws IllegalArgumentException if the record has no valid type
   */
  public static List<RelationshipEvent> of(Follow follow) {
    long user = follow.getFollowerId();
    long other = follow.getFolloweeId();
    long at = follow.getAt();
    return switch (follow.getType()) {
      case FOLLOW -> List.of(new RelationshipEvent(user, other, Kind.FOLLOW, at));
      case UNFOLLOW -> List.of(new RelationshipEvent(user, other, Kind.UNFOLLOW, at));
      case BLOCK ->
          List.of(
              new RelationshipEvent(user, other, Kind.BLOCK, at),
              new RelationshipEvent(other, user, Kind.BLOCKED_BY, at));
      case UNBLOCK ->
          List.of(
              new RelationshipEvent(user, other, Kind.UNBLOCK, at),
              new RelationshipEvent(other, user, Kind.UNBLOCKED_BY, at));
      case TYPE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException(
              "type: " + follow.getTypeValue() + " (expected: FOLLOW, UNFOLLOW, BLOCK, UNBLOCK)");
    };
  }
}
