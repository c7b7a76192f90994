package dev.upswell.fanout;

/** All audiences know a user's edges of an epoch: from now on a feed may be kept. */
record WarmEpoch(long userId, long epoch) {}
