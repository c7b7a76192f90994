/** Thresholds between push and pull. */
@NullMarked
package dev.upswell.feeds.pull;

import org.jspecify.annotations.NullMarked;
