/** Tests. */
@NullMarked
package dev.upswell.local.check;

import org.jspecify.annotations.NullMarked;
