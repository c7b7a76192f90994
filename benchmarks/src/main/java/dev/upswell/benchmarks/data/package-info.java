/** Readers of recordings by third parties. */
@NullMarked
package dev.upswell.benchmarks.data;

import org.jspecify.annotations.NullMarked;
