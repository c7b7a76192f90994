package dev.upswell.feeds.cache;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.FeedRequest;
import dev.upswell.feeds.page.PageSlice;
import dev.upswell.feeds.store.Freshness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Newest videos of a feed, valid while no key behind them changes: the list, the following, the
 * warm epoch, and the pulled creators among the followees. Immutable apart from the freshness.
 */
final class TrackedFeed {
  /** The state without tracking. */
  static final TrackedFeed NONE = new TrackedFeed(new FeedList(0), 0, new long[0], Freshness.NONE);

  private final FeedList shown;
  private final long floor;
  private final long[] pulled;
  private final Freshness freshness;

  private TrackedFeed(FeedList shown, long floor, long[] pulled, Freshness freshness) {
    this.shown = shown;
    this.floor = floor;
    this.pulled = pulled;
    this.freshness = freshness;
  }

  /**
   * Creates a tracked page from the head of a feed.
   *
   * @param newest newest videos of the list, complete down to their own floor
   * @param allPulled pulled creators at the time of the request, none of them followed
   */
  static TrackedFeed of(
      FeedList newest, Following following, long[] allPulled, Freshness freshness) {
    return new TrackedFeed(followed(newest, following), newest.floor(), allPulled, freshness);
  }

  /** Mostly the same list, which is then not copied. */
  private static FeedList followed(FeedList newest, Following following) {
    FeedList followed = new FeedList(newest.size());
    for (int i = 0; i < newest.videos(); i++) {
      if (following.contains(newest.creatorId(i))) {
        followed.add(newest.videoId(i), newest.creatorId(i));
      }
    }
    followed.add(newest.floor(), 0);
    return followed.size() == newest.size() ? newest : followed;
  }

  /**
   * Returns a page.
   *
   * @param allPulled current pulled creators; another array if any changed
   * @param freshAsOf time at which every key must be unchanged, in nanoseconds
   * @return empty if the cache is not valid at that time, or if the page reaches below its floor
   */
  @SuppressWarnings("ReferenceEquality") // Equal ones may have been others in between.
  Optional<PageSlice> page(FeedRequest request, long[] allPulled, long freshAsOf) {
    if (allPulled != pulled || !freshness.isFreshAt(freshAsOf)) {
      return Optional.empty();
    }
    List<FeedEntry> found = new ArrayList<>(request.limit() + 1);
    for (int i = 0; i < shown.videos() && found.size() <= request.limit(); i++) {
      if (shown.videoId(i) < request.below()) {
        found.add(shown.entry(i));
      }
    }
    return found.size() > request.limit() || floor == 0
        ? Optional.of(PageSlice.at(request.limit(), found, floor))
        : Optional.empty();
  }

  /** Releases the tracking. */
  void release() {
    freshness.release();
  }
}
