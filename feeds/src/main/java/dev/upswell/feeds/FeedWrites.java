package dev.upswell.feeds;

import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.Following;
import java.util.concurrent.CompletableFuture;

/**
 * What the job asks of the store. Every call may be repeated without harm. Thread-safe.
 *
 * <p>The order of these calls is what keeps feeds complete; {@code docs/architecture.md} says why.
 */
public interface FeedWrites {
  /** Writes a video's data and puts it into its creator's outbox. A removed one stays removed. */
  CompletableFuture<Void> publish(Video video);

  /** Marks a video as removed, for good. */
  CompletableFuture<Void> remove(Video video);

  /** Writes whom a user follows. */
  CompletableFuture<Void> follow(long userId, Following following);

  /** Writes whom a user follows, at an epoch that will not be confirmed, and drops the feed. */
  CompletableFuture<Void> withdraw(long userId, Following following);

  /** Drops the feed, then says that all audiences know the user's edges of this epoch. */
  CompletableFuture<Void> confirm(long userId, long epoch);

  /** Puts a video in front of those of the feeds that exist. */
  CompletableFuture<Void> push(FeedPush push);
}
