/** Reads recordings that nobody on this project made. */
@NullMarked
package dev.upswell.benchmarks.data;

import org.jspecify.annotations.NullMarked;
