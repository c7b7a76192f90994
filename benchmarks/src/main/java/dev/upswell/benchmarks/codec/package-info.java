/** Time to decode a view, in both encodings. */
@NullMarked
package dev.upswell.benchmarks.codec;

import org.jspecify.annotations.NullMarked;
