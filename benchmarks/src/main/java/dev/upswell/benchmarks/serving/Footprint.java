package dev.upswell.benchmarks.serving;

import dev.upswell.processes.ApiProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Resources that an API occupies.
 *
 * @param heapMegabytes heap after a garbage collection
 * @param threads threads of the JVM
 * @param descriptors open files and sockets; 0 without Linux /proc
 */
record Footprint(double heapMegabytes, double threads, double descriptors) {
  private static final double MEGABYTE = 1e6;
  private static final int MOST_SECONDS = 30;

  static Footprint of(ApiProcess api) throws IOException {
    collect(api.pid());
    ApiMetrics metrics = ApiMetrics.of(api.port());
    double heap =
        metrics.values().entrySet().stream()
            .filter(each -> each.getKey().startsWith("jvm_memory_used_bytes{area=\"heap\""))
            .mapToDouble(each -> each.getValue())
            .sum();
    return new Footprint(
        heap / MEGABYTE, metrics.sum("jvm_threads_live_threads"), descriptors(api.pid()));
  }

  private static void collect(long pid) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectErrorStream(true)
            .start();
    try {
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("jcmd did not collect the garbage of process " + pid);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static long descriptors(long pid) throws IOException {
    Path folder = Path.of("/proc", Long.toString(pid), "fd");
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }
}
