/**
 * Feeds in memory: a store and the job's state for simulations and computations, and the model that
 * all others are held to.
 */
@NullMarked
package dev.upswell.simulation.memory;

import org.jspecify.annotations.NullMarked;
