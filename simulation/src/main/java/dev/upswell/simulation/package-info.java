/**
 * Feeds in any interleaving: the production decisions, carried by actors and channels in one thread
 * instead of Flink, Redis and HTTP, and compared with a plain model.
 */
@NullMarked
package dev.upswell.simulation;

import org.jspecify.annotations.NullMarked;
