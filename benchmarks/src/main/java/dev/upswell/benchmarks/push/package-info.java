/** What it costs to put an entry in front of many lists. */
@NullMarked
package dev.upswell.benchmarks.push;

import org.jspecify.annotations.NullMarked;
