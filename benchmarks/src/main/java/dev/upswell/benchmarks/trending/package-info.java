/** {@code ./bench trending}: trending scores on real data. */
@NullMarked
package dev.upswell.benchmarks.trending;

import org.jspecify.annotations.NullMarked;
