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
 * Gatling, for latencies: it sends so many requests a second whether they are answered or not, and
 * times each from when it was due. It takes more of the machine than wrk, so what is the most with
 * it has to be measured with it, too.
 */
final class Gatling {
  private static final double STEP = 0.9;

  /** More than so many in percent unanswered, or so slow, is not keeping up. */
  private static final double FAILED_PERCENT = 0.1;

  private static final double SLOW_MILLIS = 1_000;
  private static final String SIMULATION = "dev.upswell.gatling.PathsSimulation";

  /** A row of what it says at the end: all, answered as expected, and the others. */
  private static final String ROW = "> %s\\s+\\|\\s+([\\d,.]+)\\s+\\|\\s+([\\d,.-]+)\\s+\\|";

  private static final Pattern COUNT = row("request count");
  private static final Pattern P50 = row("response time 50th percentile \\(ms\\)");
  private static final Pattern P95 = row("response time 95th percentile \\(ms\\)");
  private static final Pattern P99 = row("response time 99th percentile \\(ms\\)");

  private final Path directory;
  private final Path paths;
  private final int port;

  /**
   * What a run measured, latencies in milliseconds.
   *
   * @param answered requests that were answered by 200
   */
  record Result(
      double requests, double answered, double perSecond, double p50, double p95, double p99) {
    private boolean keepsUp() {
      return failedPercent() <= FAILED_PERCENT && p99 <= SLOW_MILLIS;
    }

    /** Share of the requests that were not, in percent. */
    double failedPercent() {
      return 100 * (requests - answered) / requests;
    }
  }

  private Gatling(Path directory, Path paths, int port) {
    this.directory = directory;
    this.paths = paths;
    this.port = port;
  }

  /** One that asks for these paths. */
  static Gatling of(Path directory, List<String> paths, int port) throws IOException {
    Path file = Files.write(directory.resolve("gatling.paths"), paths);
    return new Gatling(directory, file, port);
  }

  /**
   * The most requests a second, in steps of a tenth, that are answered in an open loop. As fast as
   * a closed one is no measure of that: there a slow answer makes the next request wait.
   */
  double mostThatIsAnswered(Duration time) {
    double perSecond = run(time, "-Dupswell.connections=" + Wrk.CONNECTIONS).perSecond();
    while (!at(perSecond, time).keepsUp()) {
      perSecond *= STEP;
    }
    return perSecond;
  }

  /** So many requests a second; warms up as long before. */
  Result at(double perSecond, Duration time) {
    return run(time, "-Dupswell.per-second=" + perSecond);
  }

  private Result run(Duration time, String load) {
    Path module = Home.directory().resolve("benchmarks/gatling/target");
    List<String> flags = new ArrayList<>(JavaCommand.tidyIn(directory));
    flags.addAll(
        List.of(
            "-Xms512m",
            "-Xmx512m",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-Dupswell.url=http://127.0.0.1:" + port,
            "-Dupswell.paths=" + paths,
            "-Dupswell.warm-up=" + time.toSeconds(),
            "-Dupswell.seconds=" + time.toSeconds(),
            load));
    List<String> arguments = List.of("-s", SIMULATION, "-rf", directory + "/gatling");
    try {
      String classpath =
          module.resolve("classes") + ":" + Files.readString(module.resolve("classpath"));
      Process process =
          new ProcessBuilder(JavaCommand.of(flags, classpath, "io.gatling.app.Gatling", arguments))
              .redirectErrorStream(true)
              .start();
      return result(new String(process.getInputStream().readAllBytes(), UTF_8), time);
    } catch (IOException e) {
      throw new UncheckedIOException("Gatling does not run", e);
    }
  }

  private static Result result(String said, Duration time) {
    double requests = figure(said, COUNT, 1);
    return new Result(
        requests,
        figure(said, COUNT, 2),
        requests / time.toSeconds(),
        figure(said, P50, 1),
        figure(said, P95, 1),
        figure(said, P99, 1));
  }

  private static Pattern row(String name) {
    return Pattern.compile(ROW.formatted(name));
  }

  private static double figure(String said, Pattern row, int column) {
    Matcher matcher = row.matcher(said);
    if (!matcher.find()) {
      throw new IllegalStateException("Gatling said no result: " + said);
    }
    String figure = matcher.group(column).replace(",", "");
    return figure.equals("-") ? 0 : Double.parseDouble(figure);
  }
}
