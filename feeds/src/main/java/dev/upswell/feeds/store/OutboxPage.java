package dev.upswell.feeds.store;

/**
 * A part of an outbox.
 *
 * @param videoIds newest first; not copied, and never changed by anyone
 * @param exhausted whether the outbox has nothing older
 * @param size videos in the whole outbox; where it is not exhausted this may be only as many as are
 *     known of
 */
@SuppressWarnings("ArrayRecordComponent") // Hundreds of slices a cold read: no boxing.
public record OutboxPage(long creatorId, long[] videoIds, boolean exhausted, int size) {}
