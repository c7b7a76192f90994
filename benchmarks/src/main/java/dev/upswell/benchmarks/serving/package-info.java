/** What the API costs and stands, by load from a tool that others wrote. */
@NullMarked
package dev.upswell.benchmarks.serving;

import org.jspecify.annotations.NullMarked;
