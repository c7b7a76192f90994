/** Size of a deployment: jars, memory, time to start. */
@NullMarked
package dev.upswell.benchmarks.sizes;

import org.jspecify.annotations.NullMarked;
