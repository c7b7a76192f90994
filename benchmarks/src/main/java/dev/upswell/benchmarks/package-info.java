/**
 * Measurements of the figures that the project states. Each benchmark has a package and is listed
 * in {@link dev.upswell.benchmarks.Bench}.
 *
 * <p>A benchmark starts its servers, warms up, and runs ours and the rival in turns in one run.
 * Machines are noisy, so only the ratio of two figures of one run is meaningful. A new one
 * implements {@link dev.upswell.benchmarks.Benchmark} in its own package.
 */
@NullMarked
package dev.upswell.benchmarks;

import org.jspecify.annotations.NullMarked;
