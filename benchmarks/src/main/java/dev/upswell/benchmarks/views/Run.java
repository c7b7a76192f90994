package dev.upswell.benchmarks.views;

/**
 * Rate of a contender.
 *
 * @param events events read during the measurement
 * @param seconds its duration
 * @param cpuSeconds its processor time
 * @param read all events read
 * @param before resources at its start
 * @param after resources at its end
 */
record Run(
    long events, double seconds, double cpuSeconds, long read, Footprint before, Footprint after) {
  /**
   * Resources of a contender.
   *
   * @param memoryBytes resident, of all processes of the Flink cluster; 0 without one
   * @param checkpointBytes of the last checkpoint; 0 without one
   */
  record Footprint(long memoryBytes, long checkpointBytes) {
    static final Footprint NONE = new Footprint(0, 0);
  }

  double rate() {
    return events / seconds;
  }

  /** Events a second of processor time. */
  double perCore() {
    return events / cpuSeconds;
  }

  /** Returns the size of the last measured checkpoint; 0 without one. */
  long checkpointBytes() {
    return after.checkpointBytes();
  }
}
