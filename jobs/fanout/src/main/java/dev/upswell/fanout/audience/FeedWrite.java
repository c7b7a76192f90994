package dev.upswell.fanout.audience;

import dev.upswell.feeds.audience.FanOutProgress;

/**
 * Feeds of some members of an audience, to be written.
 *
 * @param progress of the fan-out, these members included in what was sent
 * @param userIds ascending; never changed by anyone
 */
@SuppressWarnings("ArrayRecordComponent") // A thousand users each, millions of times: no boxing.
record FeedWrite(FanOutProgress progress, long[] userIds) {}
