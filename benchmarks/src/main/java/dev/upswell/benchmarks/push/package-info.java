/** Cost of a push to many lists. */
@NullMarked
package dev.upswell.benchmarks.push;

import org.jspecify.annotations.NullMarked;
