package dev.upswell.benchmarks.serving;

import dev.upswell.benchmarks.process.CpuTime;
import dev.upswell.benchmarks.process.KeepAliveClient;
import dev.upswell.processes.ApiProcess;
import java.io.IOException;
import java.time.Duration;

/**
 * What an API has used since it started.
 *
 * @param cpu processor time
 * @param allocated bytes; counted at garbage collections, so off by less than a young generation
 */
record ApiCost(Duration cpu, double allocated) {
  private static final String ALLOCATED = "jvm_gc_memory_allocated_bytes_total ";

  static ApiCost of(ApiProcess api) throws IOException {
    try (KeepAliveClient client = KeepAliveClient.connect(api.port())) {
      double bytes =
          client
              .get("/metrics")
              .body()
              .lines()
              .filter(line -> line.startsWith(ALLOCATED))
              .mapToDouble(line -> Double.parseDouble(line.substring(ALLOCATED.length())))
              .sum();
      return new ApiCost(CpuTime.of(api.pid()), bytes);
    }
  }

  ApiCost minus(ApiCost before) {
    return new ApiCost(cpu.minus(before.cpu), allocated - before.allocated);
  }
}
