/** Tests. */
@NullMarked
package dev.upswell.views.forecast;

import org.jspecify.annotations.NullMarked;
