package dev.upswell.feeds.store;

import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.video.VideoWrite;
import dev.upswell.feeds.viewer.RelationshipTombstone;
import java.util.concurrent.CompletableFuture;

/**
 * Port of the job to the feed store. Every call is repeatable. Thread-safe.
 *
 * <p>The order of these calls keeps feeds complete; {@code docs/architecture.md} has the reasons.
 */
public interface FeedStoreWriter {
  /**
   * Writes a video's data or removal, then changes its creator's outbox. A removed video stays
   * removed, and a later record in the store stays.
   */
  CompletableFuture<Void> write(VideoWrite write);

  /** Writes the following of a user. */
  CompletableFuture<Void> follow(long userId, Following following);

  /** Writes a tombstone; a later one stays. */
  CompletableFuture<Void> writeTombstone(long userId, RelationshipTombstone tombstone);

  /** Writes the following of a user with an epoch that never becomes warm, and deletes the feed. */
  CompletableFuture<Void> withdraw(long userId, Following following);

  /** Deletes the feed, then writes the warm epoch. */
  CompletableFuture<Void> confirm(long userId, long epoch);

  /**
   * Pushes a video to the existing feeds.
   *
   * @return their number
   */
  CompletableFuture<Integer> push(FeedPush push);

  /** Deletes feeds, so that their next readers compute them again. */
  CompletableFuture<Void> drop(long[] userIds);

  /**
   * Marks a creator as pulled.
   *
   * @param since start of the pulled state; identifies it
   */
  CompletableFuture<Void> pull(long creatorId, long since);

  /** Removes the mark, unless a newer one exists. */
  CompletableFuture<Void> release(long creatorId, long since);
}
