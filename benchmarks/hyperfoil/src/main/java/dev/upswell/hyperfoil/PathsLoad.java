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
 * Asks for the paths of a file in turn: either so many times a second, whether it is answered or
 * not (an open loop), or over so many connections as fast as it is answered. What it does first
 * warms it up, and is not counted.
 *
 * <p>Configured by system properties: {@code upswell.port}, {@code upswell.paths} (a file), {@code
 * upswell.seconds} (of the warm-up, and again of what counts), and either {@code
 * upswell.per-second} or {@code upswell.connections}. Prints one line that begins with RESULT: what
 * was asked, what was answered by 200, the microseconds at the percentiles 50, 95 and 99 from when
 * a request was sent, and how long requests waited to be sent, in microseconds for all of them.
 */
public final class PathsLoad {
  /** More unanswered than so many keep others waiting, of which the result tells. */
  private static final int OPEN_LOOP_CONNECTIONS = 1_000;

  /** In an open loop so many are ready beside those in use. */
  private static final int READY_CONNECTIONS = 50;

  /** The API closes what is idle for 15 s, maybe just when something is sent. */
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

  /** Sends, and prints what came of it. */
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
