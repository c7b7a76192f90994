package dev.upswell.fanout.audience;

/**
 * End of the pulled state of a creator.
 *
 * @param since start of the pulled state; identifies it
 */
public record PullRelease(long creatorId, long since) {}
