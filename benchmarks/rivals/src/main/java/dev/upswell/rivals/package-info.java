/** The rolling hour of each video, counted with what Flink brings. */
@NullMarked
package dev.upswell.rivals;

import org.jspecify.annotations.NullMarked;
