/** The viral detector beside what Flink brings, and beside a bare consumer. */
@NullMarked
package dev.upswell.benchmarks.views;

import org.jspecify.annotations.NullMarked;
