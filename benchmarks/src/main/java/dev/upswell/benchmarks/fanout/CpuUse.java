package dev.upswell.benchmarks.fanout;

import dev.upswell.benchmarks.process.CpuTime;

/** Processor time of the processes on the path of a push, in seconds. */
record CpuUse(double taskManager, double redis, double kafka) {
  private static final double NANOS = 1e9;

  /** Returns the processor time so far. */
  static CpuUse of(Deployment deployment) {
    return new CpuUse(
        seconds(deployment.taskManagerPid()),
        seconds(deployment.redis().pid()),
        seconds(deployment.kafka().pid()));
  }

  static double seconds(long pid) {
    return CpuTime.of(pid).toNanos() / NANOS;
  }

  CpuUse since(CpuUse before) {
    return new CpuUse(taskManager - before.taskManager, redis - before.redis, kafka - before.kafka);
  }
}
