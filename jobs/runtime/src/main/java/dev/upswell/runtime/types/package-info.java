/** How values travel between operators and stand in state, without Kryo. */
@NullMarked
package dev.upswell.runtime.types;

import org.jspecify.annotations.NullMarked;
