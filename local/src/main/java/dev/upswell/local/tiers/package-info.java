/** What the API and the topic of promotions say about the tiers of videos. */
@NullMarked
package dev.upswell.local.tiers;

import org.jspecify.annotations.NullMarked;
