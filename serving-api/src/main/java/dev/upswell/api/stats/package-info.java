/** How a video is doing: views of the last hour, tier, forecast. */
@NullMarked
package dev.upswell.api.stats;

import org.jspecify.annotations.NullMarked;
