/** Combines elements per key before the shuffle. */
@NullMarked
package dev.upswell.views.combine;

import org.jspecify.annotations.NullMarked;
