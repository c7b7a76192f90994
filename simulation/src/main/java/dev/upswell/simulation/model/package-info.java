/** Models of the results of jobs, without code of the jobs, for tests and {@code ./run --check}. */
@NullMarked
package dev.upswell.simulation.model;

import org.jspecify.annotations.NullMarked;
