/** Tests. */
@NullMarked
package dev.upswell.local.traffic;

import org.jspecify.annotations.NullMarked;
