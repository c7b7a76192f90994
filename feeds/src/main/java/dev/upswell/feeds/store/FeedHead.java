package dev.upswell.feeds.store;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.Following;

/**
 * A user's keys at one time, with only the changes of a list that the reader has already.
 *
 * @param following the followees
 * @param warmEpoch the epoch that all audiences acknowledged; 0 for none
 * @param added entries pushed since the list had the requested size, the oldest of them
 * @param tail last entry of the list, which identifies it; a marker for an absent list
 * @param freshness freshness of all keys
 */
public record FeedHead(
    Following following, long warmEpoch, FeedList added, FeedEntry tail, Freshness freshness) {}
