/** From the views of all videos to thresholds, and from those to the tier of each. */
@NullMarked
package dev.upswell.views.tiers;

import org.jspecify.annotations.NullMarked;
