package dev.upswell.benchmarks.serving;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs wrk, which sends as fast as it gets responses over a number of connections. A closed loop is
 * right for maximum rates. Its latencies are those at the maximum.
 */
final class Wrk {
  /** Enough to keep two processors busy. */
  static final int CONNECTIONS = 16;

  private static final long MICROS_A_SECOND = TimeUnit.SECONDS.toMicros(1);
  private static final double MICROS_A_MILLI = 1_000;
  private static final Pattern RESULT =
      Pattern.compile("RESULT (\\d+) (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)");

  /** Requests the paths of a file in turn, from an index. */
  private static final String SCRIPT =
      """
      local requests = {}
      for path in io.lines("%s") do
        requests[#requests + 1] = "GET " .. path .. " HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n"
      end
      local at = 0
      function init(arguments) at = tonumber(arguments[1]) end
      function request()
        at = at %% #requests + 1
        return requests[at]
      end
      function done(summary, latency)
        local e = summary.errors
        io.write(string.format("RESULT %%d %%d %%d %%d %%d %%d\\n", summary.requests, summary.duration,
          latency:percentile(50), latency:percentile(99), latency:percentile(99.9),
          e.status + e.connect + e.read + e.write + e.timeout))
      end
      """;

  private final Path script;
  private final int paths;
  private final int port;

  /** Number of requested paths of the file, which is read in a cycle. */
  private int sent;

  /**
   * Result of a run.
   *
   * @param errors requests without a response, or with a status of 400 or more
   */
  record Result(long requests, double perSecond, double p50, double p99, double p999, long errors) {
    /** Requests a second that were answered by 200. */
    double goodPerSecond() {
      return perSecond * (requests - errors) / requests;
    }

    /** Share of the requests that were not, in percent. */
    double errorPercent() {
      return 100.0 * errors / requests;
    }
  }

  private Wrk(Path script, int paths, int port) {
    this.script = script;
    this.paths = paths;
    this.port = port;
  }

  /** Returns whether wrk is installed. */
  static boolean isInstalled() {
    return List.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "wrk")));
  }

  /** Creates a load on paths. */
  static Wrk of(Path directory, String name, List<String> paths, int port) throws IOException {
    Path file = Files.write(directory.resolve(name + ".paths"), paths);
    Path script = directory.resolve(name + ".lua");
    Files.writeString(script, SCRIPT.formatted(file));
    return new Wrk(script, paths.size(), port);
  }

  /** Sends for a time, and continues behind the last path of the previous run. */
  Result run(Duration time) throws IOException {
    return run(time, CONNECTIONS);
  }

  /** Runs over a number of connections, like {@link #run(Duration)}. */
  Result run(Duration time, int connections) throws IOException {
    Process process =
        new ProcessBuilder(
                "wrk",
                "-t1",
                "-c" + connections,
                "-d" + time.toSeconds() + "s",
                "-s",
                script.toString(),
                "http://127.0.0.1:" + port,
                "--",
                Integer.toString(sent))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    Matcher result = RESULT.matcher(output);
    if (!result.find()) {
      throw new IOException("wrk printed no result: " + output);
    }
    long requests = Long.parseLong(result.group(1));
    sent = (int) ((sent + requests) % paths);
    return new Result(
        requests,
        (double) requests * MICROS_A_SECOND / Long.parseLong(result.group(2)),
        Long.parseLong(result.group(3)) / MICROS_A_MILLI,
        Long.parseLong(result.group(4)) / MICROS_A_MILLI,
        Long.parseLong(result.group(5)) / MICROS_A_MILLI,
        Long.parseLong(result.group(6)));
  }
}
