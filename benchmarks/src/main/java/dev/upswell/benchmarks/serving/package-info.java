/** Cost and capacity of the API, with load generators of third parties. */
@NullMarked
package dev.upswell.benchmarks.serving;

import org.jspecify.annotations.NullMarked;
