package dev.upswell.fanout.acknowledgement;

/** All audiences know a user's edges of an epoch: from now on a feed may be kept. */
public record WarmEpoch(long userId, long epoch) {}
