package dev.upswell.trending;

/**
 * A video that no list may contain from a slot on, because it was removed, is no longer public, or
 * has another creator.
 */
record HiddenVideo(long videoId, int slot) {}
