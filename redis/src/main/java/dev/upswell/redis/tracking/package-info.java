/** Client-side caching: invalidation messages of Redis for the keys that a connection read. */
@NullMarked
package dev.upswell.redis.tracking;

import org.jspecify.annotations.NullMarked;
