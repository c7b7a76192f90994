/** The ports to the feed store: what the reader and the job need of it. */
@NullMarked
package dev.upswell.feeds.store;

import org.jspecify.annotations.NullMarked;
