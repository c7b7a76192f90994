package dev.upswell.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Processor time that the host gave to other machines (steal). Latencies near the peak are
 * meaningless if it is high.
 *
 * @param stolen in ticks since the start
 * @param all in ticks since the start
 */
public record StolenTime(long stolen, long all) {
  /** Fields of the first line of {@code /proc/stat}, behind its name; see proc(5). */
  private static final int FIELDS = 8;

  private static final int STEAL = 7;
  private static final StolenTime UNKNOWN = new StolenTime(0, 0);

  /** Returns the time until now; zero if the system does not provide it. */
  public static StolenTime now() {
    try {
      return of(Files.readAllLines(Path.of("/proc/stat")));
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static StolenTime of(List<String> lines) {
    String[] fields = lines.get(0).split(" +", -1);
    long all = 0;
    for (int i = 1; i <= FIELDS; i++) {
      all += Long.parseLong(fields[i]);
    }
    return new StolenTime(Long.parseLong(fields[1 + STEAL]), all);
  }

  /** In percent of the time from then to this. */
  public double percentSince(StolenTime then) {
    return 100.0 * (stolen - then.stolen) / Math.max(1, all - then.all);
  }
}
