package dev.upswell.benchmarks.views;

/**
 * How fast a contender read.
 *
 * @param events that were read while it was measured
 * @param seconds for how long
 * @param cpuSeconds processor time meanwhile
 * @param read events that were read in all
 * @param checkpointBytes of the last checkpoint; 0 for one that has none
 */
record Run(long events, double seconds, double cpuSeconds, long read, long checkpointBytes) {
  double rate() {
    return events / seconds;
  }

  /** Events a second of processor time. */
  double perCore() {
    return events / cpuSeconds;
  }
}
