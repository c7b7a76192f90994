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
 * The newest videos of a feed as long as nothing changes that they depend on: the list, who is
 * followed, which epoch is warm, and that nobody who is followed is pulled. Immutable but for the
 * watch.
 */
final class TrackedFeed {
  /** Of a feed that has to be asked for. */
  static final TrackedFeed NONE = new TrackedFeed(new FeedList(0), 0, new long[0], Freshness.NONE);

  private final FeedList shown;
  private final long floor;
  private final long[] pulled;
  private final Freshness watch;

  private TrackedFeed(FeedList shown, long floor, long[] pulled, Freshness watch) {
    this.shown = shown;
    this.floor = floor;
    this.pulled = pulled;
    this.watch = watch;
  }

  /**
   * What was seen at a glance.
   *
   * @param newest the newest videos of the list, complete down to a floor of their own
   * @param allPulled as they were when the glance was asked for, none of them followed
   */
  static TrackedFeed of(FeedList newest, Following following, long[] allPulled, Freshness watch) {
    return new TrackedFeed(followed(newest, following), newest.floor(), allPulled, watch);
  }

  /** Mostly the same list, which is then not copied. */
  private static FeedList followed(FeedList newest, Following following) {
    FeedList followed = new FeedList(newest.size());
    int videos = 0;
    for (int i = 0; i < newest.size(); i++) {
      if (newest.videoId(i) > 0) {
        videos++;
        if (following.contains(newest.creatorId(i))) {
          followed.add(newest.videoId(i), newest.creatorId(i));
        }
      }
    }
    return followed.size() == videos ? newest : followed;
  }

  /**
   * A page of it.
   *
   * @param allPulled as they are now; another array than at the glance if anybody came or went
   * @param heldAsOf a moment at which all has to have been as it was seen, in nanoseconds
   * @return empty if it is not known whether that was so, or if the page reaches below what is here
   */
  @SuppressWarnings("ReferenceEquality") // Equal ones may have been others in between.
  Optional<PageSlice> page(FeedRequest request, long[] allPulled, long heldAsOf) {
    if (allPulled != pulled || !watch.isFreshAt(heldAsOf)) {
      return Optional.empty();
    }
    List<FeedEntry> found = new ArrayList<>(request.limit() + 1);
    for (int i = 0; i < shown.size() && found.size() <= request.limit(); i++) {
      long videoId = shown.videoId(i);
      if (videoId > 0 && videoId < request.below()) {
        found.add(shown.entry(i));
      }
    }
    return found.size() > request.limit() || floor == 0
        ? Optional.of(PageSlice.at(request.limit(), found, floor))
        : Optional.empty();
  }

  /** Nobody will ask for it any more. */
  void end() {
    watch.end();
  }
}
