package dev.upswell.feeds.audience;

import dev.upswell.contract.redis.Following;

/**
 * What has to be done, in this order: write the following (and drop the feed, if withdrawn); then
 * tell the audiences of those who were added and removed.
 *
 * @param withdrawn whether the viewer's feed is no longer kept
 * @param added creators whose audience has to know the viewer before a feed may be kept at this
 *     epoch; each of them says so
 * @param removed creators whose audience loses the viewer
 */
@SuppressWarnings("ArrayRecordComponent") // Hundreds of creators each: no boxing.
public record ViewerChange(
    long userId, Following following, boolean withdrawn, long[] added, long[] removed) {}
