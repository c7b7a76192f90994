package dev.upswell.benchmarks.serving;

import java.util.EnumSet;
import java.util.Set;

/** Parts of {@link ServingBenchmark} that can run alone. */
enum Part {
  /** All parts except those that take half an hour. */
  ALL,
  /** Pages of feeds that are ready. */
  WARM,
  /** Far more connections than the API serves. */
  OVERLOAD,
  /** Pages computed from outboxes. */
  COLD,
  /** Display data. */
  VIDEOS,
  /** Trending lists. */
  TRENDING,
  /** Ten times the usual load for a minute. */
  SPIKE,
  /** Stale answers while Redis is away. */
  STALE,
  /** Half an hour of faults. */
  LEAK;

  /** The parts that are measured. */
  Set<Part> parts() {
    return this == ALL ? EnumSet.complementOf(EnumSet.of(ALL, LEAK)) : EnumSet.of(this);
  }
}
