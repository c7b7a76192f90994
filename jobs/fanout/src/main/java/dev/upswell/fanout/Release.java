package dev.upswell.fanout;

/**
 * A creator is no longer pulled.
 *
 * @param since when pulling began, which tells it from other times
 */
record Release(long creatorId, long since) {}
