package dev.upswell.feeds.store;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.FeedSnapshot;
import dev.upswell.contract.redis.Following;
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
   * Reads the following of a user, the tail of the feed, and what was pushed since it had a size.
   *
   * <p>Pushes are counted from the tail, so those during the read make no difference. The tail is
   * read after them: if it is the known one, they belong to the known list.
   *
   * @param size length of the known list
   * @param most maximum entries pushed since; positive
   * @param renew whether the feed's lifetime is renewed, which is a write and prevents tracking
   */
  CompletableFuture<FeedHead> head(long userId, int size, int most, boolean renew);

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

  /** Deletes a feed, so that its next reader computes it again. */
  CompletableFuture<Void> drop(long userId);

  /**
   * Replaces the marker by entries, if it is still the last entry.
   *
   * @param entries newest first, with a tail
   * @return whether it was replaced
   */
  CompletableFuture<Boolean> finish(long userId, FeedEntry marker, List<FeedEntry> entries);

  /**
   * Replaces the tail of a list, if it is unchanged; later pushes stay before it.
   *
   * @param entries newest first, with a tail of another build number
   * @return whether it was replaced
   */
  CompletableFuture<Boolean> compact(long userId, FeedList seen, List<FeedEntry> entries);

  /** Reads the snapshot of a pulled viewer. */
  CompletableFuture<Optional<FeedSnapshot>> feedSnapshot(long userId);

  /** Saves the snapshot of a pulled viewer for its lifetime. */
  CompletableFuture<Void> saveSnapshot(long userId, FeedSnapshot feed);

  /** Reads the pulled creators, ascending. */
  CompletableFuture<long[]> pulledCreators();

  /** Reads the followees of a user, without those hidden by tombstones. */
  CompletableFuture<Following> following(long userId);

  /**
   * Reads the visibility of videos, in the order of the request.
   *
   * @param videoIds positive; not copied
   */
  CompletableFuture<List<VideoVisibility>> visibilities(long[] videoIds);
}
