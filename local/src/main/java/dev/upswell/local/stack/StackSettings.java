package dev.upswell.local.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Directory, ports and job options of the system.
 *
 * @param directory directory of all files
 * @param keep whether existing state is kept instead of deleted
 * @param ports empty ones are chosen among the free
 * @param options options of jobs, as on their command lines
 */
public record StackSettings(
    Path directory, boolean keep, Ports ports, Map<Job, List<String>> options) {
  /** Keeps its own copy. */
  public StackSettings {
    options = Map.copyOf(options);
  }

  /** Returns the extra options of a job. */
  public List<String> optionsOf(Job job) {
    return options.getOrDefault(job, List.of());
  }

  /** The ports of the parts. */
  public record Ports(OptionalInt kafka, OptionalInt redis, OptionalInt flink, OptionalInt api) {}
}
