package dev.upswell.api.feed;

import com.linecorp.armeria.common.util.Exceptions;
import dev.upswell.api.protection.Priority;
import dev.upswell.api.protection.Protection;
import dev.upswell.api.protection.RejectedException;
import dev.upswell.feeds.FeedPage;
import dev.upswell.feeds.FeedReader;
import dev.upswell.feeds.FeedRequest;
import dev.upswell.redis.RedisUnavailableException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/** Reads feeds, with the last good page as fallback. Thread-safe. */
public final class ResilientFeedReader {
  private final FeedReader reader;
  private final Protection protection;
  private final StaleFeedCache stale;

  /** Reads through the protection. */
  public ResilientFeedReader(FeedReader reader, Protection protection, StaleFeedCache stale) {
    this.reader = reader;
    this.protection = protection;
    this.stale = stale;
  }

  /** Returns a cached page without a request to the store. */
  Optional<FeedReadResult> cached(FeedRequest request) {
    return reader.cached(request).map(page -> kept(request, page));
  }

  private FeedReadResult kept(FeedRequest request, FeedPage page) {
    stale.keep(request, page);
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
        .read(priority, request, thread, () -> reader.read(request))
        .thenApply(page -> kept(request, page))
        .exceptionally(
            failure -> {
              Throwable root = Exceptions.peel(failure);
              Optional<FeedReadResult> known =
                  isPassing(root) ? stale.find(request, isWithoutQuery(root)) : Optional.empty();
              return known.orElseThrow(() -> asRuntimeException(root));
            });
  }

  private static boolean isPassing(Throwable failure) {
    return failure instanceof RedisUnavailableException || failure instanceof RejectedException;
  }

  private static boolean isWithoutQuery(Throwable failure) {
    return failure instanceof RejectedException rejected
        && rejected.reason() == RejectedException.Reason.BREAKER_OPEN;
  }

  private static RuntimeException asRuntimeException(Throwable failure) {
    return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
  }
}
