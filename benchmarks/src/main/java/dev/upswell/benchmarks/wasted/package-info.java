/** Share of pushes that are never read: computed over generated days, in memory. */
@NullMarked
package dev.upswell.benchmarks.wasted;

import org.jspecify.annotations.NullMarked;
