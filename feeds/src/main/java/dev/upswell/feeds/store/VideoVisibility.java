package dev.upswell.feeds.store;

/**
 * Visibility of a video.
 *
 * @param visible whether it has data and is neither removed nor private
 * @param freshness freshness of the value
 */
public record VideoVisibility(boolean visible, Freshness freshness) {}
