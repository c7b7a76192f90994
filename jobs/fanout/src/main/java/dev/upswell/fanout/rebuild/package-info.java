/** Keyed functions that can write their state to Redis again, at a limited rate. */
@NullMarked
package dev.upswell.fanout.rebuild;

import org.jspecify.annotations.NullMarked;
