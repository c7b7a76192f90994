/** Redis commands that are sent together and whose replies arrive in order. */
@NullMarked
package dev.upswell.redis.pipeline;

import org.jspecify.annotations.NullMarked;
