/** Redis keys, and the packed values under them. */
@NullMarked
package dev.upswell.contract.redis;

import org.jspecify.annotations.NullMarked;
