package dev.upswell.fanout.creator;

/**
 * A creator is no longer pulled.
 *
 * @param since when pulling began, which tells it from other times
 */
public record PullRelease(long creatorId, long since) {}
