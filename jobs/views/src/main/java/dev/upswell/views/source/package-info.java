/** Reads views, the firehose: each counted once, without an object for each. */
@NullMarked
package dev.upswell.views.source;

import org.jspecify.annotations.NullMarked;
