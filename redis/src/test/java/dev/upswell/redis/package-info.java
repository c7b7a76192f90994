/** Tests of batches, most against a real Redis. */
@NullMarked
package dev.upswell.redis;

import org.jspecify.annotations.NullMarked;
