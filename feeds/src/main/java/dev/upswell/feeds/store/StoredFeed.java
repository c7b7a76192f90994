package dev.upswell.feeds.store;

import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.Following;

/**
 * A user's keys at one time.
 *
 * @param following the followees
 * @param warmEpoch the epoch that all audiences acknowledged; 0 for none
 */
public record StoredFeed(Following following, long warmEpoch, FeedList list) {
  /** Returns whether every push reaches this user, so that a list may be saved. */
  public boolean isWarmable() {
    return following.epoch() != 0 && following.epoch() == warmEpoch;
  }

  /** Returns whether the list is warm. */
  public boolean isWarm() {
    return isWarmable() && list.isComplete();
  }
}
