/** Feeds in very many interleavings. */
@NullMarked
package dev.upswell.benchmarks.simulate;

import org.jspecify.annotations.NullMarked;
