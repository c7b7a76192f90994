package dev.upswell.benchmarks.serving;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.upswell.processes.Home;
import dev.upswell.processes.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs Hyperfoil for latencies: it sends at a rate regardless of responses. It needs more processor
 * time than wrk, so its maximum rate is measured separately.
 */
final class Hyperfoil {
  private static final double STEP = 0.9;

  /**
   * Limits of unanswered requests in percent, latency and delay, above which the server does not
   * keep up.
   */
  private static final double FAILED_PERCENT = 0.1;

  private static final double SLOW_MILLIS = 1_000;
  private static final double LATE_MILLIS = 1;
  private static final double MICROS_A_MILLI = 1_000;
  private static final String LOAD = "dev.upswell.hyperfoil.PathsLoad";

  private static final String QUICK_COMPILER_ALONE = "-XX:TieredStopAtLevel=1";

  private final Path directory;
  private final Path paths;
  private final int port;
  private final boolean seldom;

  /**
   * Result of a run, latencies in milliseconds.
   *
   * @param failedPercent share of responses other than 200
   * @param waited mean wait for a connection, which is not in the latencies
   */
  record Result(double p50, double p95, double p99, double failedPercent, double waited) {
    private boolean keepsUp() {
      return waited <= LATE_MILLIS && failedPercent <= FAILED_PERCENT && p99 <= SLOW_MILLIS;
    }
  }

  private Hyperfoil(Path directory, Path paths, int port, boolean seldom) {
    this.directory = directory;
    this.paths = paths;
    this.port = port;
    this.seldom = seldom;
  }

  /**
   * Creates a load on paths.
   *
   * @param seldom whether the rate is some hundred per second. Its code then gets hot so slowly
   *     that the optimizing compiler would take half a processor during most of the measurement
   */
  static Hyperfoil of(Path directory, List<String> paths, int port, boolean seldom)
      throws IOException {
    Path file = Files.write(directory.resolve("hyperfoil.paths"), paths);
    return new Hyperfoil(directory, file, port, seldom);
  }

  /**
   * The most requests a second, in steps of a tenth, that are answered in an open loop. As fast as
   * a closed one is no measure of that: there a slow answer makes the next request wait.
   */
  double mostThatIsAnswered(Duration time) {
    double perSecond = run(time, "-Dupswell.connections=" + Wrk.CONNECTIONS).perSecond(time);
    while (!at(perSecond, time).keepsUp()) {
      perSecond *= STEP;
    }
    return perSecond;
  }

  /** Sends requests at a rate, after a warm-up of the same time. */
  Result at(double perSecond, Duration time) {
    return run(time, "-Dupswell.per-second=" + perSecond).result();
  }

  private Printed run(Duration time, String load) {
    Path module = Home.directory().resolve("benchmarks/hyperfoil/target");
    List<String> flags = new ArrayList<>(JavaCommand.tidyIn(directory));
    if (seldom) {
      flags.add(QUICK_COMPILER_ALONE);
    }
    flags.addAll(
        List.of(
            "-Xms512m",
            "-Xmx512m",
            "-Dupswell.port=" + port,
            "-Dupswell.paths=" + paths,
            "-Dupswell.seconds=" + time.toSeconds(),
            load));
    try {
      String classpath =
          module.resolve("classes") + ":" + Files.readString(module.resolve("classpath"));
      Process process =
          new ProcessBuilder(JavaCommand.of(flags, classpath, LOAD, List.of()))
              .redirectErrorStream(true)
              .start();
      return Printed.of(new String(process.getInputStream().readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Hyperfoil does not run", e);
    }
  }

  /** Output of Hyperfoil, times in microseconds; the total wait for connections is in sum. */
  private record Printed(long sent, long answered, long p50, long p95, long p99, long waited) {
    private static final Pattern RESULT =
        Pattern.compile("RESULT (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)");

    static Printed of(String text) {
      Matcher result = RESULT.matcher(text);
      if (!result.find()) {
        throw new IllegalStateException("Hyperfoil printed no result: " + text);
      }
      return new Printed(
          Long.parseLong(result.group(1)),
          Long.parseLong(result.group(2)),
          Long.parseLong(result.group(3)),
          Long.parseLong(result.group(4)),
          Long.parseLong(result.group(5)),
          Long.parseLong(result.group(6)));
    }

    double perSecond(Duration time) {
      return (double) sent / time.toSeconds();
    }

    Result result() {
      return new Result(
          p50 / MICROS_A_MILLI,
          p95 / MICROS_A_MILLI,
          p99 / MICROS_A_MILLI,
          100.0 * (sent - answered) / sent,
          waited / MICROS_A_MILLI / sent);
    }
  }
}
