/** Push or pull, per creator. */
@NullMarked
package dev.upswell.fanout.creator;

import org.jspecify.annotations.NullMarked;
