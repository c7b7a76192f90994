/** Reads views, the firehose: each counted once, without an object for each. */
@NullMarked
package dev.upswell.runtime.views;

import org.jspecify.annotations.NullMarked;
