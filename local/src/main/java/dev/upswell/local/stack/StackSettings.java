package dev.upswell.local.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Where the system keeps its state and on which ports it can be reached.
 *
 * @param directory its folder; everything that it writes is in there
 * @param keep whether to go on with the state that is in the folder, instead of deleting it
 * @param ports empty ones are chosen among the free
 * @param options of jobs, as on their command lines
 */
public record StackSettings(
    Path directory, boolean keep, Ports ports, Map<Job, List<String>> options) {
  /** Keeps its own copy. */
  public StackSettings {
    options = Map.copyOf(options);
  }

  /** What a job is to be told besides where everything is. */
  public List<String> optionsOf(Job job) {
    return options.getOrDefault(job, List.of());
  }

  /** The ports of the parts. */
  public record Ports(OptionalInt kafka, OptionalInt redis, OptionalInt flink, OptionalInt api) {}
}
