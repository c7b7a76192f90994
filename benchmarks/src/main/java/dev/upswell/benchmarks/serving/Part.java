package dev.upswell.benchmarks.serving;

import java.util.EnumSet;
import java.util.Set;

/** Parts of {@link ServingBenchmark} that can run alone. */
enum Part {
  /** Everything but what takes half an hour. */
  ALL,
  /** Pages of feeds that are ready. */
  WARM,
  /** Far more connections than there is room for. */
  OVERLOAD,
  /** Pages computed from outboxes. */
  COLD,
  /** Display data. */
  VIDEOS,
  /** Lists of what is rising. */
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
