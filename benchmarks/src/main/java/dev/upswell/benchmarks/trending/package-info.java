/** {@code ./bench trending}: scores of what is rising on real data. */
@NullMarked
package dev.upswell.benchmarks.trending;

import org.jspecify.annotations.NullMarked;
