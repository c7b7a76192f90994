/** Forecasts of the first hour beside simpler ones, on real cascades. */
@NullMarked
package dev.upswell.benchmarks.forecast;

import org.jspecify.annotations.NullMarked;
