/** How a video is doing: views of the last hour, tier, forecast. */
@NullMarked
package dev.upswell.api.videostats;

import org.jspecify.annotations.NullMarked;
