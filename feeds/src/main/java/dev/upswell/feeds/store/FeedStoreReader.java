package dev.upswell.feeds.store;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.FeedSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What a reader asks of the store. Each call is one round trip. Thread-safe.
 *
 * <p>All futures fail when the store cannot be reached in time.
 */
public interface FeedStoreReader {
  /** Whom a user follows, and the feed as it stands; renews the feed's life. */
  CompletableFuture<StoredFeed> storedFeed(long userId);

  /**
   * The same, but of the feed only the first entries and how many there are.
   *
   * @param entries most that are read from the head; positive
   * @param renew whether the feed's life is renewed, which is a write; then it is not watched
   */
  CompletableFuture<FeedHead> head(long userId, int entries, boolean renew);

  /** Renews the feed's life, which is a change for those who watch it. */
  CompletableFuture<Void> renew(long userId);

  /**
   * Begins a build: puts a marker into the feed if it is empty, then reads whom the user follows,
   * then the outboxes, in this order.
   *
   * @param builder tells this build apart from others
   * @param outboxes what to read of each followed creator
   */
  CompletableFuture<BuildStart> begin(long userId, long builder, List<OutboxRequest> outboxes);

  /** Reads outboxes; the answers are in the order of the requests. */
  CompletableFuture<List<OutboxPage>> outboxes(List<OutboxRequest> requests);

  /**
   * Puts entries in the place of the marker, if that is still the last of the feed.
   *
   * @param entries newest first, not empty
   * @return whether it was done
   */
  CompletableFuture<Boolean> finish(long userId, FeedEntry marker, List<FeedEntry> entries);

  /**
   * Replaces the tail of a feed, if it still is what was seen; what was pushed since stays before
   * it.
   *
   * @param entries newest first, not empty
   * @return whether it was done
   */
  CompletableFuture<Boolean> compact(long userId, FeedList seen, List<FeedEntry> entries);

  /** What was kept of the feed of a user who is not pushed to. */
  CompletableFuture<Optional<FeedSnapshot>> feedSnapshot(long userId);

  /** Keeps such a feed for a while. */
  CompletableFuture<Void> saveSnapshot(long userId, FeedSnapshot feed);

  /** The creators whose videos are not pushed, ascending. */
  CompletableFuture<long[]> pulledCreators();

  /** Whether each of the videos may be shown; in the order asked. */
  CompletableFuture<List<VideoVisibility>> visible(List<FeedEntry> entries);
}
