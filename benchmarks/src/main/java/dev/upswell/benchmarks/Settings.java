package dev.upswell.benchmarks;

import dev.upswell.options.Options;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * Settings of a run.
 *
 * @param quick fewer and shorter rounds with a wide spread, as a check
 * @param directory directory for data and logs
 * @param given options of the benchmark
 * @param out receives a line per step
 */
public record Settings(boolean quick, Path directory, Options given, PrintStream out) {
  /** Rounds of which a figure is the median. */
  public int rounds(int full) {
    return quick ? Math.min(2, full) : full;
  }

  /** Prints a step. */
  public void progress(String step) {
    out.println("  " + step);
    out.flush();
  }
}
