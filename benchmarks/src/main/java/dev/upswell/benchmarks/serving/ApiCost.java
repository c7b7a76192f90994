package dev.upswell.benchmarks.serving;

import dev.upswell.benchmarks.process.CpuTime;
import dev.upswell.processes.ApiProcess;
import java.io.IOException;
import java.time.Duration;

/**
 * Resources that an API has used since its start.
 *
 * @param cpu processor time
 * @param allocated bytes; counted at garbage collections, so off by less than a young generation
 */
record ApiCost(Duration cpu, double allocated) {
  private static final String ALLOCATED = "jvm_gc_memory_allocated_bytes_total";

  static ApiCost of(ApiProcess api) throws IOException {
    return new ApiCost(CpuTime.of(api.pid()), ApiMetrics.of(api.port()).sum(ALLOCATED));
  }

  ApiCost minus(ApiCost before) {
    return new ApiCost(cpu.minus(before.cpu), allocated - before.allocated);
  }
}
