/** The fan-out job on real processes: throughput, latency, state size and fairness. */
@NullMarked
package dev.upswell.benchmarks.fanout;

import org.jspecify.annotations.NullMarked;
