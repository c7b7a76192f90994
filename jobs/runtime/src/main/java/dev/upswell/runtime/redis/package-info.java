/** Redis out: writes in order, in batches, repeated until they hold. */
@NullMarked
package dev.upswell.runtime.redis;

import org.jspecify.annotations.NullMarked;
