/** Tests. */
@NullMarked
package dev.upswell.local.stack;

import org.jspecify.annotations.NullMarked;
