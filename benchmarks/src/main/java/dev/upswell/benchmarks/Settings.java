package dev.upswell.benchmarks;

import dev.upswell.options.Options;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * How to measure.
 *
 * @param quick whether to look only if it works: fewer and shorter rounds, with a wide spread
 * @param directory for data and logs of what is started
 * @param given the options that the benchmark asked for
 * @param out takes a line about each step
 */
public record Settings(boolean quick, Path directory, Options given, PrintStream out) {
  /** Rounds of which a figure is the median. */
  public int rounds(int full) {
    return quick ? Math.min(2, full) : full;
  }

  /** Says what is being done. */
  public void progress(String step) {
    out.println("  " + step);
    out.flush();
  }
}
