package dev.upswell.fanout.acknowledgement;

/**
 * The epoch whose edges all audiences of a user have acknowledged. From then on the feed may be
 * saved.
 */
public record WarmEpoch(long userId, long epoch) {}
