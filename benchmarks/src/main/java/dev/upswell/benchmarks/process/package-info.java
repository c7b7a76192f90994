/** The programs under measurement, as processes of their own. */
@NullMarked
package dev.upswell.benchmarks.process;

import org.jspecify.annotations.NullMarked;
