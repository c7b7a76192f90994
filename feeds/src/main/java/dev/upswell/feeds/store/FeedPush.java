package dev.upswell.feeds.store;

/**
 * A video for some of its creator's followers.
 *
 * @param userIds positive; not copied, and never changed by anyone
 */
@SuppressWarnings("ArrayRecordComponent") // Hundreds of users each, millions of times: no boxing.
public record FeedPush(long videoId, long creatorId, long[] userIds) {}
