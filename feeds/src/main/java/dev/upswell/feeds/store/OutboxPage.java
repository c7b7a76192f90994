package dev.upswell.feeds.store;

/**
 * Page of an outbox.
 *
 * @param videoIds newest first; not copied and never modified
 * @param exhausted whether the outbox has no older video
 * @param size videos in the whole outbox; a lower bound if it is not exhausted
 */
@SuppressWarnings("ArrayRecordComponent") // Hundreds of slices a cold read: no boxing.
public record OutboxPage(long creatorId, long[] videoIds, boolean exhausted, int size) {}
