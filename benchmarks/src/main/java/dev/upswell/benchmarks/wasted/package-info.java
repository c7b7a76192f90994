/** How many pushes nobody ever reads: counted over generated days, in memory. */
@NullMarked
package dev.upswell.benchmarks.wasted;

import org.jspecify.annotations.NullMarked;
