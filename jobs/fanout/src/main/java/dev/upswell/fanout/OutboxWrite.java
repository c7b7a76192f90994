package dev.upswell.fanout;

import dev.upswell.contract.events.Video;

/**
 * A video for its outbox.
 *
 * @param rebuilt whether it was there before, so that nobody has to be told
 */
record OutboxWrite(Video video, boolean rebuilt) {}
