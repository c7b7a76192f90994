package dev.upswell.feeds.store;

import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.Following;

/**
 * A user's keys at one time, with only the head of the list.
 *
 * @param following the followees
 * @param warmEpoch the epoch that all audiences acknowledged; 0 for none
 * @param head first entries of the list
 * @param size length of the whole list
 * @param freshness freshness of all keys
 */
public record FeedHead(
    Following following, long warmEpoch, FeedList head, int size, Freshness freshness) {}
