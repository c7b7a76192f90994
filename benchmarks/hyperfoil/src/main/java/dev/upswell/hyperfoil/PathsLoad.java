package dev.upswell.hyperfoil;

import static io.hyperfoil.http.steps.HttpStepCatalog.SC;

import io.hyperfoil.api.config.Benchmark;
import io.hyperfoil.api.config.BenchmarkBuilder;
import io.hyperfoil.api.config.PhaseBuilder;
import io.hyperfoil.api.statistics.StatisticsSnapshot;
import io.hyperfoil.core.impl.LocalSimulationRunner;
import io.hyperfoil.http.api.HttpMethod;
import io.hyperfoil.http.config.HttpPluginBuilder;
import io.hyperfoil.http.config.Protocol;
import io.hyperfoil.http.statistics.HttpStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Requests the paths of a file in turn: at a rate, regardless of responses (an open loop), or over
 * a number of connections as fast as they respond. The warm-up before it is not counted.
 *
 * <p>Configured by system properties: {@code upswell.port}, {@code upswell.paths} (a file), {@code
 * upswell.seconds} (of the warm-up, and of the measurement), and either {@code upswell.per-second}
 * or {@code upswell.connections}. Prints one line that begins with RESULT: number of requests,
 * number of 200 responses, microseconds at the percentiles 50, 95 and 99 from the time of sending,
 * and the total wait of requests before sending in microseconds.
 */
public final class PathsLoad {
  /** Maximum pending requests. Further requests wait, and the result has their wait. */
  private static final int OPEN_LOOP_CONNECTIONS = 1_000;

  /** Connections of an open loop besides those in use. */
  private static final int READY_CONNECTIONS = 50;

  /** The API closes connections that are idle for 15 s, possibly during a request. */
  private static final long IDLE_MILLIS = TimeUnit.SECONDS.toMillis(10);

  private static final String WARM_UP = "warm-up";
  private static final String MEASURED = "measured";
  private static final long UNANSWERED_MILLIS = TimeUnit.SECONDS.toMillis(5);

  private final List<String> paths;
  private final long millis;
  private int next;

  private PathsLoad(List<String> paths, long millis) {
    this.paths = paths;
    this.millis = millis;
  }

  /** Sends the requests and prints the result. */
  public static void main(String[] arguments) throws IOException {
    List<String> paths = Files.readAllLines(Path.of(property("upswell.paths")));
    long millis = TimeUnit.SECONDS.toMillis(Long.parseLong(property("upswell.seconds")));
    StatisticsSnapshot result = new PathsLoad(paths, millis).run();
    System.out.printf(
        "RESULT %d %d %d %d %d %d%n",
        result.requestCount,
        HttpStats.get(result).status_2xx,
        micros(result.histogram.getValueAtPercentile(50)),
        micros(result.histogram.getValueAtPercentile(95)),
        micros(result.histogram.getValueAtPercentile(99)),
        micros(result.blockedTime));
    // Threads of it go on waiting for more to do.
    System.exit(0);
  }

  private StatisticsSnapshot run() {
    StatisticsSnapshot measured = new StatisticsSnapshot();
    new LocalSimulationRunner(
            benchmark(),
            (phase, step, metric, snapshot, countDown) -> {
              if (phase.name().equals(MEASURED)) {
                measured.add(snapshot);
              }
            },
            null,
            null)
        .run();
    return measured;
  }

  private Benchmark benchmark() {
    String rate = System.getProperty("upswell.per-second");
    int connections =
        rate == null ? Integer.parseInt(property("upswell.connections")) : OPEN_LOOP_CONNECTIONS;
    BenchmarkBuilder benchmark =
        BenchmarkBuilder.builder()
            .name("paths")
            .threads(1)
            .addPlugin(HttpPluginBuilder::new)
            .ergonomics()
            .repeatCookies(false)
            .userAgentFromSession(false)
            .endErgonomics()
            .http()
            .protocol(Protocol.HTTP)
            .host("127.0.0.1")
            .port(Integer.parseInt(property("upswell.port")))
            .allowHttp2(false)
            .sharedConnections()
            .core(rate == null ? connections : READY_CONNECTIONS)
            .max(connections)
            .buffer(rate == null ? 0 : READY_CONNECTIONS)
            .keepAliveTime(IDLE_MILLIS)
            .end()
            .endHttp()
            .endPlugin();
    for (String name : List.of(WARM_UP, MEASURED)) {
      PhaseBuilder.Catalog phases = benchmark.addPhase(name);
      ask(
          rate == null
              ? phases.always(connections)
              : phases
                  .constantRate(0)
                  .usersPerSec(Double.parseDouble(rate))
                  .variance(false)
                  // Sessions wait for connections.
                  .maxSessions(2 * connections));
    }
    return benchmark.build();
  }

  private void ask(PhaseBuilder<?> phase) {
    if (phase.name().equals(MEASURED)) {
      phase.startAfterStrict(WARM_UP);
    }
    phase
        .duration(millis)
        .maxDuration(millis + UNANSWERED_MILLIS)
        .scenario()
        .initialSequence("path")
        .step(SC)
        .httpRequest(HttpMethod.GET)
        // In the one thread of the load.
        .path(session -> paths.get(next++ % paths.size()))
        .timeout(UNANSWERED_MILLIS, TimeUnit.MILLISECONDS)
        .endStep()
        .endSequence()
        .endScenario();
  }

  private static long micros(long nanos) {
    return TimeUnit.NANOSECONDS.toMicros(nanos);
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException("-D" + name + " is missing");
    }
    return value;
  }
}
