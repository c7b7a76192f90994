/** Tests. */
@NullMarked
package dev.upswell.local;

import org.jspecify.annotations.NullMarked;
