package dev.upswell.feeds.store;

import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.Following;

/**
 * A user's keys at one moment, without most of the list.
 *
 * @param following those whose videos may be shown
 * @param warmEpoch the epoch that all audiences know of; 0 for none
 * @param head the first entries of the list
 * @param size entries of the whole list
 * @param watch whether all of it is still so
 */
public record FeedHead(
    Following following, long warmEpoch, FeedList head, int size, Freshness watch) {}
