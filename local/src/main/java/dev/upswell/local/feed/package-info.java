/** Feeds as clients of the API read them. */
@NullMarked
package dev.upswell.local.feed;

import org.jspecify.annotations.NullMarked;
