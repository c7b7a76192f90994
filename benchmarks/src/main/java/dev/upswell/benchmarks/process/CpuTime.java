package dev.upswell.benchmarks.process;

import java.time.Duration;

/** Processor time that a process has used. */
public final class CpuTime {
  private CpuTime() {}

  /**
   * Returns user and system time of all threads, in steps of the system's clock, mostly 10 ms.
   *
   * @throws IllegalStateException if the process does not exist, or the system does not provide it
   */
  public static Duration of(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow(() -> new IllegalStateException("no processor time of process " + pid));
  }
}
