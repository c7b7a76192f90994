/** Rising and most viewed videos by scope: decayed engagement, baselines, lists. */
@NullMarked
package dev.upswell.popularity.trending;

import org.jspecify.annotations.NullMarked;
