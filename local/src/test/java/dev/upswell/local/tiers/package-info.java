/** Tests. */
@NullMarked
package dev.upswell.local.tiers;

import org.jspecify.annotations.NullMarked;
