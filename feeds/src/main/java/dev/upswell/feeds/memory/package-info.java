/** Feeds in memory: a store for simulations, and the model that all others are held to. */
@NullMarked
package dev.upswell.feeds.memory;

import org.jspecify.annotations.NullMarked;
