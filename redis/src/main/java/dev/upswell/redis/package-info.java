/** Connections to Redis by URI, and batches of commands that travel in one write. */
@NullMarked
package dev.upswell.redis;

import org.jspecify.annotations.NullMarked;
