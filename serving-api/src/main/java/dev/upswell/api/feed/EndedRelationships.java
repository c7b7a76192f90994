package dev.upswell.api.feed;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.upswell.contract.events.Follow;
import java.time.Duration;

/**
 * Unfollows and blocks that this instance has accepted. Stale pages leave out the creators, because
 * the store may not have them yet, and cannot be read. Bounded. Thread-safe.
 */
public final class EndedRelationships {
  /** About 20 MiB. */
  private static final int MAX_PAIRS = 200_000;

  // Reasons for which a viewer does not see a creator, as bits.
  private static final int UNFOLLOWED = 1;
  private static final int BLOCKED = 2;
  private static final int BLOCKED_BY = 4;

  private final Cache<Pair, Integer> ended;

  private record Pair(long viewerId, long creatorId) {}

  /**
   * Creates an empty set.
   *
   * @param maxAge age above which no stale page is served
   */
  public EndedRelationships(Duration maxAge, Ticker clock) {
    this.ended =
        Caffeine.newBuilder()
            .maximumSize(MAX_PAIRS)
            .expireAfterWrite(maxAge)
            .ticker(clock)
            .executor(Runnable::run)
            .build();
  }

  /** Adds the pairs that an event ends. Call it before the event is sent. */
  public void sending(Follow follow) {
    long user = follow.getFollowerId();
    long other = follow.getFolloweeId();
    if (follow.getType() == Follow.Type.UNFOLLOW) {
      add(user, other, UNFOLLOWED);
    } else if (follow.getType() == Follow.Type.BLOCK) {
      // A block unfollows in both directions, and an unblock does not revert that.
      add(user, other, UNFOLLOWED | BLOCKED);
      add(other, user, UNFOLLOWED | BLOCKED_BY);
    }
  }

  /** Removes what an event reverts. Call it when the event is stored. */
  public void stored(Follow follow) {
    long user = follow.getFollowerId();
    long other = follow.getFolloweeId();
    if (follow.getType() == Follow.Type.FOLLOW) {
      remove(user, other, UNFOLLOWED);
    } else if (follow.getType() == Follow.Type.UNBLOCK) {
      remove(user, other, BLOCKED);
      remove(other, user, BLOCKED_BY);
    }
  }

  private void add(long viewerId, long creatorId, int reasons) {
    ended.asMap().merge(new Pair(viewerId, creatorId), reasons, (old, more) -> old | more);
  }

  private void remove(long viewerId, long creatorId, int reason) {
    ended
        .asMap()
        .computeIfPresent(
            new Pair(viewerId, creatorId),
            (pair, reasons) -> reasons == reason ? null : reasons & ~reason);
  }

  /** Returns whether the viewer must not see the creator. */
  boolean has(long viewerId, long creatorId) {
    return ended.getIfPresent(new Pair(viewerId, creatorId)) != null;
  }
}
