package dev.upswell.local.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * Where the system keeps its state and on which ports it can be reached.
 *
 * @param directory its folder; everything that it writes is in there
 * @param keep whether to go on with the state that is in the folder, instead of deleting it
 * @param ports empty ones are chosen among the free
 * @param fanoutOptions options of the fan-out job, as on its command line
 */
public record StackSettings(Path directory, boolean keep, Ports ports, List<String> fanoutOptions) {
  /** Keeps its own copy. */
  public StackSettings {
    fanoutOptions = List.copyOf(fanoutOptions);
  }

  /** The ports of the parts. */
  public record Ports(OptionalInt kafka, OptionalInt redis, OptionalInt flink, OptionalInt api) {}
}
