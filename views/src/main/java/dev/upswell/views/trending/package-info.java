/** What is rising, and what is watched most, by scope: decayed engagement, baselines, lists. */
@NullMarked
package dev.upswell.views.trending;

import org.jspecify.annotations.NullMarked;
