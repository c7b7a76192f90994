/**
 * Feeds: reading, computing and keeping them complete. Plain Java; the stores behind {@link
 * dev.upswell.feeds.store.FeedStoreReader} and {@link dev.upswell.feeds.store.FeedStoreWriter} have
 * their own packages.
 */
@NullMarked
package dev.upswell.feeds;

import org.jspecify.annotations.NullMarked;
