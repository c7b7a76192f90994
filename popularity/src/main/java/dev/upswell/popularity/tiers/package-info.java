/** From the views of all videos to thresholds, and from those to the tier of each. */
@NullMarked
package dev.upswell.popularity.tiers;

import org.jspecify.annotations.NullMarked;
