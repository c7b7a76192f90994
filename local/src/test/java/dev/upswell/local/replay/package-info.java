/** Tests. */
@NullMarked
package dev.upswell.local.replay;

import org.jspecify.annotations.NullMarked;
