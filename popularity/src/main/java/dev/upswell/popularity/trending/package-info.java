/** What is rising, and what is watched most, by scope: decayed engagement, baselines, lists. */
@NullMarked
package dev.upswell.popularity.trending;

import org.jspecify.annotations.NullMarked;
