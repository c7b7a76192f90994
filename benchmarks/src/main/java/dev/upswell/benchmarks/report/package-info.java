/** Results as a table for people and as JSON for programs. */
@NullMarked
package dev.upswell.benchmarks.report;

import org.jspecify.annotations.NullMarked;
