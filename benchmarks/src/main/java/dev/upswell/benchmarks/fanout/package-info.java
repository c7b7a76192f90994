/** The fan-out job on real processes: how fast, how late, how large, how fair. */
@NullMarked
package dev.upswell.benchmarks.fanout;

import org.jspecify.annotations.NullMarked;
