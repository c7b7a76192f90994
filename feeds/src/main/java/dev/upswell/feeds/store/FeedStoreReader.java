package dev.upswell.feeds.store;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.FeedSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Port of the reader to the feed store. Each call is one round trip. Thread-safe.
 *
 * <p>All futures fail when the store is unavailable or slow.
 */
public interface FeedStoreReader {
  /** Reads the following and the feed of a user; renews the feed's lifetime. */
  CompletableFuture<StoredFeed> storedFeed(long userId);

  /**
   * Reads the following of a user, and head and length of the feed.
   *
   * @param entries maximum entries of the head; positive
   * @param renew whether the feed's lifetime is renewed, which is a write and prevents tracking
   */
  CompletableFuture<FeedHead> head(long userId, int entries, boolean renew);

  /** Renews the feed's lifetime, which invalidates tracked pages. */
  CompletableFuture<Void> renew(long userId);

  /**
   * Starts to compute a feed: writes a marker into an empty list, then reads the following, then
   * the outboxes, in this order.
   *
   * @param builder unique number of the marker
   * @param outboxes requests for each followee
   */
  CompletableFuture<BuildStart> begin(long userId, long builder, List<OutboxRequest> outboxes);

  /** Reads outboxes; the answers are in the order of the requests. */
  CompletableFuture<List<OutboxPage>> outboxes(List<OutboxRequest> requests);

  /**
   * Replaces the marker by entries, if it is still the last entry.
   *
   * @param entries newest first, not empty
   * @return whether it was replaced
   */
  CompletableFuture<Boolean> finish(long userId, FeedEntry marker, List<FeedEntry> entries);

  /**
   * Replaces the tail of a list, if it is unchanged; later pushes stay before it.
   *
   * @param entries newest first, not empty
   * @return whether it was replaced
   */
  CompletableFuture<Boolean> compact(long userId, FeedList seen, List<FeedEntry> entries);

  /** Reads the snapshot of a pulled viewer. */
  CompletableFuture<Optional<FeedSnapshot>> feedSnapshot(long userId);

  /** Saves the snapshot of a pulled viewer for its lifetime. */
  CompletableFuture<Void> saveSnapshot(long userId, FeedSnapshot feed);

  /** Reads the pulled creators, ascending. */
  CompletableFuture<long[]> pulledCreators();

  /** Reads the visibility of videos, in the order of the request. */
  CompletableFuture<List<VideoVisibility>> visible(List<FeedEntry> entries);
}
