/** Lists of rising and most viewed videos, by scope. */
@NullMarked
package dev.upswell.trending;

import org.jspecify.annotations.NullMarked;
