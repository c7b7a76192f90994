/** Tiers of videos from the API and from the topic of promotions. */
@NullMarked
package dev.upswell.local.tiers;

import org.jspecify.annotations.NullMarked;
