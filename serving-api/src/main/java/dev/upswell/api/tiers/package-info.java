/** {@code GET /v1/tiers}. */
@NullMarked
package dev.upswell.api.tiers;

import org.jspecify.annotations.NullMarked;
