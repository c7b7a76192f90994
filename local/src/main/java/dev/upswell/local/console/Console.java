package dev.upswell.local.console;

import java.io.PrintStream;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Output of {@code ./run}. Thread-safe. */
public final class Console {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final PrintStream out;
  private volatile boolean quiet;

  /** Prints to the stream. */
  public Console(PrintStream out) {
    this.out = out;
  }

  /** Prints a line with the time in front of it. */
  public void progress(String line) {
    if (!quiet) {
      out.println(
          LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS).format(TIME)
              + "  "
              + line);
    }
  }

  /** Prints a line. */
  public void line(String line) {
    if (!quiet) {
      out.println(line);
    }
  }

  /**
   * Prints the last line. Later lines are dropped, because stopping processes report failures of
   * stopped ones.
   */
  public synchronized void last(String line) {
    progress(line);
    quiet = true;
  }
}
