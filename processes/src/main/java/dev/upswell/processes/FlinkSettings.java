package dev.upswell.processes;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Size of a cluster and location of its checkpoints. The jobs choose the state backend.
 *
 * @param taskManagers TaskManagers to start with, 0 or more
 * @param slots task slots of a TaskManager, 1 or more
 * @param heapMebibytes heap of a TaskManager, at least 192
 * @param managedMebibytes memory of a TaskManager that RocksDB takes, 0 or more
 * @param networkMebibytes memory of a TaskManager for records between tasks, at least 16
 * @param checkpoints the folder of checkpoints and savepoints; empty: inside the cluster's folder
 * @param restPort the port of REST interface and dashboard; empty: a free one
 * @param prometheusPort the port where the JobManager shows its metrics, and TaskManager i at i + 1
 *     ports after it; empty: no metrics
 * @param extra further Flink options by key; they win over what is set here
 */
public record FlinkSettings(
    int taskManagers,
    int slots,
    int heapMebibytes,
    int managedMebibytes,
    int networkMebibytes,
    Optional<Path> checkpoints,
    OptionalInt restPort,
    OptionalInt prometheusPort,
    Map<String, String> extra) {
  public FlinkSettings {
    atLeast("taskManagers", taskManagers, 0);
    atLeast("slots", slots, 1);
    atLeast("heapMebibytes", heapMebibytes, 192);
    atLeast("managedMebibytes", managedMebibytes, 0);
    atLeast("networkMebibytes", networkMebibytes, 16);
    extra = Map.copyOf(extra);
  }

  /**
   * Returns the defaults: one TaskManager with 2 slots, 512 MiB of heap, 256 MiB of managed and 64
   * MiB of network memory.
   */
  public static FlinkSettings defaults() {
    return new FlinkSettings(
        1, 2, 512, 256, 64, Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), Map.of());
  }

  public FlinkSettings withTaskManagers(int number, int slotsOfEach) {
    return new FlinkSettings(
        number,
        slotsOfEach,
        heapMebibytes,
        managedMebibytes,
        networkMebibytes,
        checkpoints,
        restPort,
        prometheusPort,
        extra);
  }

  public FlinkSettings withMemory(int heap, int managed, int network) {
    return new FlinkSettings(
        taskManagers, slots, heap, managed, network, checkpoints, restPort, prometheusPort, extra);
  }

  public FlinkSettings withCheckpoints(Path folder) {
    return new FlinkSettings(
        taskManagers,
        slots,
        heapMebibytes,
        managedMebibytes,
        networkMebibytes,
        Optional.of(folder),
        restPort,
        prometheusPort,
        extra);
  }

  public FlinkSettings withPorts(OptionalInt restInterface, OptionalInt prometheus) {
    return new FlinkSettings(
        taskManagers,
        slots,
        heapMebibytes,
        managedMebibytes,
        networkMebibytes,
        checkpoints,
        restInterface,
        prometheus,
        extra);
  }

  /** Returns the settings with other extra Flink options. */
  public FlinkSettings withExtra(Map<String, String> options) {
    return new FlinkSettings(
        taskManagers,
        slots,
        heapMebibytes,
        managedMebibytes,
        networkMebibytes,
        checkpoints,
        restPort,
        prometheusPort,
        options);
  }

  /**
   * Returns the value of {@code env.java.opts.taskmanager}, which Flink's shell scripts would pass
   * on.
   */
  List<String> taskManagerFlags() {
    String flags = extra.getOrDefault("env.java.opts.taskmanager", "");
    return flags.isBlank() ? List.of() : List.of(flags.strip().split("\\s+"));
  }

  /** Returns the value of {@code parallelism.default}; 1 unless it is among the extra options. */
  int parallelism() {
    return Integer.parseInt(extra.getOrDefault("parallelism.default", "1"));
  }

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: " + least + " or more)");
    }
  }
}
