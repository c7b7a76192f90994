package dev.upswell.feeds.store;

/**
 * Whether a video may be shown.
 *
 * @param visible whether it is known, not removed and not private
 * @param watch whether that is still so
 */
public record VideoVisibility(boolean visible, Freshness watch) {}
