/** In-memory test doubles of the feed store and of the job's state, and the model of all feeds. */
@NullMarked
package dev.upswell.simulation.memory;

import org.jspecify.annotations.NullMarked;
