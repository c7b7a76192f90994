/** Time to read a feed over HTTP. */
@NullMarked
package dev.upswell.benchmarks.feed;

import org.jspecify.annotations.NullMarked;
