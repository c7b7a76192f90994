/** Trending lists from the API. */
@NullMarked
package dev.upswell.local.trending;

import org.jspecify.annotations.NullMarked;
