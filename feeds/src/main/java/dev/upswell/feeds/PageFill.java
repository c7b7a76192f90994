package dev.upswell.feeds;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.feeds.FeedPage.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Fills one page with visible videos: slice after slice, as the client would read page after page,
 * until the page is full or the feed ends. Used by one read.
 *
 * <p>Bounded in slices and time. After that the page is short, with the cursor of the next slice.
 */
final class PageFill {
  /** Enough for a list of which nothing is visible, of the default size. */
  private static final int MAX_SLICES = 8;

  /** Bounds of further slices. They double: few videos are hidden mostly, and rarely all. */
  private static final int LEAST = 8;

  private static final int MOST = 256;

  private final FeedRequest request;
  private final Function<FeedRequest, CompletableFuture<Slice>> slices;
  private final Function<List<FeedEntry>, CompletableFuture<List<FeedEntry>>> visible;
  private final Deadline deadline;

  private final List<FeedEntry> page = new ArrayList<>();
  private Source source = Source.COMPUTED;
  private OptionalLong asOf = OptionalLong.empty();
  private int read;
  private int hiddenInList;

  /** Returns whether the time of a read is over. */
  interface Deadline {
    boolean isOver();
  }

  /**
   * Creates an empty page.
   *
   * @param slices reads a slice
   * @param visible leaves out hidden videos
   */
  PageFill(
      FeedRequest request,
      Function<FeedRequest, CompletableFuture<Slice>> slices,
      Function<List<FeedEntry>, CompletableFuture<List<FeedEntry>>> visible,
      Deadline deadline) {
    this.request = request;
    this.slices = slices;
    this.visible = visible;
    this.deadline = deadline;
  }

  /** Returns the filled page. */
  CompletableFuture<FeedPage> fill() {
    return from(request);
  }

  /** Returns the number of hidden videos that were found in the list. */
  int hiddenInList() {
    return hiddenInList;
  }

  private CompletableFuture<FeedPage> from(FeedRequest part) {
    return slices
        .apply(part)
        .thenCompose(
            slice -> {
              CompletableFuture<List<FeedEntry>> shown =
                  slice.entries().isEmpty()
                      ? CompletableFuture.completedFuture(List.of())
                      : visible.apply(slice.entries());
              return shown
                  .thenCombine(slice.saved(), (videos, saved) -> videos)
                  .thenCompose(videos -> add(part, slice, videos));
            });
  }

  private CompletableFuture<FeedPage> add(FeedRequest part, Slice slice, List<FeedEntry> shown) {
    if (page.isEmpty()) {
      source = slice.source();
      asOf = slice.asOf();
    }
    if (slice.source() == Source.WARM) {
      hiddenInList += slice.entries().size() - shown.size();
    }
    int room = request.limit() - page.size();
    if (shown.size() > room) {
      page.addAll(shown.subList(0, room));
      return done(OptionalLong.of(page.get(page.size() - 1).videoId()), slice.degraded());
    }
    page.addAll(shown);
    if (slice.degraded()) {
      return done(afterTimeout(part, slice), true);
    }
    boolean isDone =
        page.size() == request.limit()
            || slice.next().isEmpty()
            || ++read == MAX_SLICES
            || deadline.isOver();
    return isDone ? done(slice.next(), false) : from(next(part, slice.next().getAsLong()));
  }

  /** The feed goes on after a timeout: below the last video, or at the same place without one. */
  private OptionalLong afterTimeout(FeedRequest part, Slice slice) {
    if (slice.next().isPresent()) {
      return slice.next();
    }
    List<FeedEntry> entries = slice.entries();
    return OptionalLong.of(
        entries.isEmpty()
            ? Math.min(part.below(), Long.MAX_VALUE - 1)
            : entries.get(entries.size() - 1).videoId());
  }

  private FeedRequest next(FeedRequest part, long below) {
    int more = 2 * (read == 1 ? request.limit() - page.size() : part.limit());
    return new FeedRequest(request.userId(), Math.max(LEAST, Math.min(MOST, more)), below, false);
  }

  private CompletableFuture<FeedPage> done(OptionalLong next, boolean degraded) {
    return CompletableFuture.completedFuture(new FeedPage(page, next, source, asOf, degraded));
  }
}
