/** Tests. */
@NullMarked
package dev.upswell.local.events;

import org.jspecify.annotations.NullMarked;
