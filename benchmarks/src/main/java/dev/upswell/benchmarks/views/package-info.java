/** The viral detector beside Flink's own operators, and beside a bare consumer. */
@NullMarked
package dev.upswell.benchmarks.views;

import org.jspecify.annotations.NullMarked;
