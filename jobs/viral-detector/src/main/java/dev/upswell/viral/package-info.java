/** Counts views per hour, and assigns videos to cache tiers. */
@NullMarked
package dev.upswell.viral;

import org.jspecify.annotations.NullMarked;
