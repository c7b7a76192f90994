/**
 * What a feed is: how it is read, built and kept complete. Pure; the stores behind {@link
 * dev.upswell.feeds.store.FeedStoreReader} and {@link dev.upswell.feeds.store.FeedStoreWriter} are
 * in their own packages.
 */
@NullMarked
package dev.upswell.feeds;

import org.jspecify.annotations.NullMarked;
