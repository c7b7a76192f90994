/** Counts views by the hour, and promotes videos to where they are watched. */
@NullMarked
package dev.upswell.viral;

import org.jspecify.annotations.NullMarked;
