package dev.upswell.benchmarks;

import dev.upswell.benchmarks.report.Row;
import dev.upswell.options.Option;
import java.util.List;

/** A comparison that can be repeated by name. */
public interface Benchmark {
  /** Returns the name on the command line, such as {@code feed-read}. */
  String name();

  /** Returns the measured quantity, in one line. */
  String description();

  /** Returns options of this benchmark. */
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
