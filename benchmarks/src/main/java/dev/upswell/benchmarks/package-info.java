/**
 * What the project states in figures, measured: a package for each benchmark, named in {@link
 * dev.upswell.benchmarks.Bench}.
 *
 * <p>A benchmark starts what it needs, warms up, and runs ours and the rival by turns in one run.
 * Machines are noisy, so only the ratio of two figures of one run means something. A new one
 * implements {@link dev.upswell.benchmarks.Benchmark} in a package of its own.
 */
@NullMarked
package dev.upswell.benchmarks;

import org.jspecify.annotations.NullMarked;
