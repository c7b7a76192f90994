package dev.upswell.benchmarks.process;

import java.time.Duration;

/** Processor time that a process has used. */
public final class CpuTime {
  private CpuTime() {}

  /**
   * User and system time of all its threads so far, in steps of the system's clock, mostly 10 ms.
   *
   * @throws IllegalStateException when there is no such process, or the system does not tell
   */
  public static Duration of(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow(() -> new IllegalStateException("no processor time of process " + pid));
  }
}
