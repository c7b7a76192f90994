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
   * Starts the servers, measures, and stops them.
   *
   * @throws RuntimeException if something fails; then there are no figures
   */
  List<Row> run(Settings settings);
}
