/** The rolling hour of each video with Flink's own operators. */
@NullMarked
package dev.upswell.rivals;

import org.jspecify.annotations.NullMarked;
