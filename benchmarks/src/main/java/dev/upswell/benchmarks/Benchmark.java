package dev.upswell.benchmarks;

import dev.upswell.benchmarks.report.Row;
import dev.upswell.options.Option;
import java.util.List;

/** A comparison that can be repeated by name. */
public interface Benchmark {
  /** What it is called on the command line, such as {@code feed-read}. */
  String name();

  /** What it measures, in one line. */
  String description();

  /** What it can be told besides how to measure. */
  default List<Option<?>> options() {
    return List.of();
  }

  /**
   * Measures. Starts what it needs and ends it again.
   *
   * @throws RuntimeException when something does not work as it has to; there are no figures then
   */
  List<Row> run(Settings settings);
}
