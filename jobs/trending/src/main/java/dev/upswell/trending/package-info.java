/** Lists of what is rising and of what is watched most, by scope. */
@NullMarked
package dev.upswell.trending;

import org.jspecify.annotations.NullMarked;
