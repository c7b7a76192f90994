package dev.upswell.feeds.store;

import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.Following;

/**
 * A user's keys at one moment.
 *
 * @param following those whose videos may be shown
 * @param warmEpoch the epoch that all audiences know of; 0 for none
 */
public record StoredFeed(Following following, long warmEpoch, FeedList list) {
  /** Whether every push for this user arrives, so that a feed may be kept. */
  public boolean isWarmable() {
    return following.epoch() != 0 && following.epoch() == warmEpoch;
  }

  /** Whether the list can be served as it is. */
  public boolean isWarm() {
    return isWarmable() && list.isComplete();
  }
}
