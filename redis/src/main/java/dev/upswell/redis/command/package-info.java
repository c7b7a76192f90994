/** Redis commands that are encoded without objects per key, and their reply decoders. */
@NullMarked
package dev.upswell.redis.command;

import org.jspecify.annotations.NullMarked;
