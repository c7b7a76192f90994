/** Tests. */
@NullMarked
package dev.upswell.popularity.forecast;

import org.jspecify.annotations.NullMarked;
