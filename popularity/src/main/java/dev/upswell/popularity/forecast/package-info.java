/** Forecasts of the views of a video in its first hour. */
@NullMarked
package dev.upswell.popularity.forecast;

import org.jspecify.annotations.NullMarked;
