package dev.upswell.feeds.store;

import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.viewer.RelationshipTombstone;
import java.util.concurrent.CompletableFuture;

/**
 * What the job asks of the store. Every call may be repeated without harm. Thread-safe.
 *
 * <p>The order of these calls is what keeps feeds complete; {@code docs/architecture.md} says why.
 */
public interface FeedStoreWriter {
  /**
   * Writes a video's data and puts it into its creator's outbox. A removed one stays removed, and
   * what was said at a later time stays as it is.
   */
  CompletableFuture<Void> publish(Video video);

  /** Marks a video as removed, for good. */
  CompletableFuture<Void> remove(Video video);

  /** Writes whom a user follows. */
  CompletableFuture<Void> follow(long userId, Following following);

  /** Writes what was said about following; what was said at a later time stays as it is. */
  CompletableFuture<Void> say(long userId, RelationshipTombstone parting);

  /** Writes whom a user follows, at an epoch that will not be confirmed, and drops the feed. */
  CompletableFuture<Void> withdraw(long userId, Following following);

  /** Drops the feed, then says that all audiences know the user's edges of this epoch. */
  CompletableFuture<Void> confirm(long userId, long epoch);

  /**
   * Puts a video in front of those of the feeds that exist.
   *
   * @return how many those were
   */
  CompletableFuture<Integer> push(FeedPush push);

  /** Drops feeds, so that their next readers build them anew. */
  CompletableFuture<Void> drop(long[] userIds);

  /**
   * Says that a creator's videos will not be pushed.
   *
   * @param since tells this time of being pulled from others of the same creator
   */
  CompletableFuture<Void> pull(long creatorId, long since);

  /** Takes it back, if nothing newer was said. */
  CompletableFuture<Void> release(long creatorId, long since);
}
