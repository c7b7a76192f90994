/** Ordered, batched and retried writes to Redis. */
@NullMarked
package dev.upswell.runtime.redis;

import org.jspecify.annotations.NullMarked;
