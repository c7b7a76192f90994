package dev.upswell.benchmarks.views;

/**
 * How fast a contender read.
 *
 * @param events that were read while it was measured
 * @param seconds for how long
 * @param cpuSeconds processor time meanwhile
 * @param read events that were read in all
 * @param before what it occupied when measuring began
 * @param after what it occupied when measuring was over
 */
record Run(
    long events, double seconds, double cpuSeconds, long read, Footprint before, Footprint after) {
  /**
   * What a contender occupies.
   *
   * @param memoryBytes resident, of all processes of the Flink cluster; 0 for one without
   * @param checkpointBytes of the last checkpoint; 0 for one that has none
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

  /** Of the last checkpoint that was measured; 0 for one that has none. */
  long checkpointBytes() {
    return after.checkpointBytes();
  }
}
