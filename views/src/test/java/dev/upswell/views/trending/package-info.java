/** Tests. */
@NullMarked
package dev.upswell.views.trending;

import org.jspecify.annotations.NullMarked;
