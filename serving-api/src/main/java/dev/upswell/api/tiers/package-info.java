/** How videos are spread over the tiers, and what was promoted last. */
@NullMarked
package dev.upswell.api.tiers;

import org.jspecify.annotations.NullMarked;
