/** Tests. */
@NullMarked
package dev.upswell.popularity.trending;

import org.jspecify.annotations.NullMarked;
