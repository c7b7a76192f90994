package dev.upswell.fanout.audience;

import dev.upswell.feeds.audience.FanOutProgress;

/**
 * Push to some members of an audience.
 *
 * @param progress of the fan-out, including these members
 * @param userIds ascending; never modified
 */
@SuppressWarnings("ArrayRecordComponent") // A thousand users each, millions of times: no boxing.
record FeedWrite(FanOutProgress progress, long[] userIds) {}
