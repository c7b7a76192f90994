package dev.upswell.api.feed;

import com.linecorp.armeria.common.util.Exceptions;
import dev.upswell.api.protection.Priority;
import dev.upswell.api.protection.Protection;
import dev.upswell.api.protection.RejectedException;
import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.feeds.FeedPage;
import dev.upswell.feeds.FeedReader;
import dev.upswell.feeds.FeedRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Reads feeds, with the last good page as fallback while the store does not answer. Thread-safe.
 *
 * <p>The fallback leaves out videos and creators that this instance knows to be hidden by now.
 */
public final class ResilientFeedReader {
  private final FeedReader reader;
  private final Protection protection;
  private final StaleFeedCache stale;
  private final EndedRelationships ended;

  /** Reads through the protection. */
  public ResilientFeedReader(
      FeedReader reader, Protection protection, StaleFeedCache stale, EndedRelationships ended) {
    this.reader = reader;
    this.protection = protection;
    this.stale = stale;
    this.ended = ended;
  }

  /** Returns a cached page without a request to the store. */
  Optional<FeedReadResult> cached(FeedRequest request) {
    int changes = stale.changes(request.userId());
    return reader.cached(request).map(page -> kept(request, page, changes));
  }

  private FeedReadResult kept(FeedRequest request, FeedPage page, int changesBefore) {
    stale.keep(request, page, changesBefore);
    return new FeedReadResult.Fresh(page);
  }

  /**
   * Reads a page.
   *
   * @param thread of the request
   * @return fails when there is neither an answer in time nor one from before
   */
  CompletableFuture<FeedReadResult> read(
      FeedRequest request, Priority priority, ScheduledExecutorService thread) {
    return protection
        .read(priority, request, thread, () -> read(request))
        .thenApply(read -> kept(request, read.page, read.changesBefore))
        .exceptionally(
            failure -> {
              Throwable root = Exceptions.peel(failure);
              return staleInstead(request, root).orElseThrow(() -> asRuntimeException(root));
            });
  }

  /** Counts the changes when the read begins, because later requests may join it. */
  private CompletableFuture<Read> read(FeedRequest request) {
    int changes = stale.changes(request.userId());
    return reader.read(request).thenApply(page -> new Read(page, changes));
  }

  private record Read(FeedPage page, int changesBefore) {}

  private Optional<FeedReadResult> staleInstead(FeedRequest request, Throwable failure) {
    return protection.isStoreSilent(failure)
        ? stale.find(request, entry -> isHidden(request.userId(), entry), isWithoutQuery(failure))
        : Optional.empty();
  }

  private boolean isHidden(long userId, FeedEntry entry) {
    return reader.videos().isKnownAsHidden(entry.videoId()) || ended.has(userId, entry.creatorId());
  }

  private static boolean isWithoutQuery(Throwable failure) {
    return failure instanceof RejectedException rejected
        && rejected.reason() == RejectedException.Reason.BREAKER_OPEN;
  }

  private static RuntimeException asRuntimeException(Throwable failure) {
    return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
  }
}
