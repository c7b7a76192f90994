/** Ports to the feed store, for the reader and the job. */
@NullMarked
package dev.upswell.feeds.store;

import org.jspecify.annotations.NullMarked;
