package dev.upswell.benchmarks.process;

import dev.upswell.processes.ChildProcess;
import dev.upswell.processes.Home;
import dev.upswell.processes.JavaCommand;
import dev.upswell.processes.Ports;
import dev.upswell.processes.ProcessFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The serving API as it is shipped, in a JVM of its own with the memory that {@code ./run} gives
 * it. There is no Kafka: reading feeds does not need one.
 */
public final class ApiProcess implements AutoCloseable {
  private static final Duration READY = Duration.ofSeconds(60);

  /** A port where nobody listens, asked seldom enough not to be part of the measurement. */
  private static final List<String> NO_KAFKA =
      List.of(
          "--kafka.bootstrap-servers=127.0.0.1:9",
          "--kafka.reconnect.backoff.ms=30000",
          "--kafka.reconnect.backoff.max.ms=30000");

  private final ChildProcess process;
  private final int port;
  private final Duration startTime;
  private final Duration startCpu;

  private ApiProcess(ChildProcess process, int port, Duration startTime, Duration startCpu) {
    this.process = process;
    this.port = port;
    this.startTime = startTime;
    this.startCpu = startCpu;
  }

  /**
   * Starts the API and waits until it says that it is ready.
   *
   * @param directory for its log
   * @throws ProcessFailedException when it is not built, or not ready within 60 s
   */
  public static ApiProcess start(Path directory, String redisUri) {
    int port = Ports.free();
    List<String> arguments =
        Stream.concat(Stream.of("--port=" + port, "--redis.uri=" + redisUri), NO_KAFKA.stream())
            .toList();
    List<String> command =
        JavaCommand.of(
            List.of("-Xms64m", "-Xmx256m"),
            jar().toString(),
            "dev.upswell.api.ApiServer",
            arguments);
    long begun = System.nanoTime();
    ChildProcess process =
        ChildProcess.start("the API", command, directory, directory.resolve("api.log"), Map.of());
    process.awaitReady(READY, () -> isReady(port));
    Duration startTime = Duration.ofNanos(System.nanoTime() - begun);
    return new ApiProcess(process, port, startTime, CpuTime.of(process.pid()));
  }

  /** The file that is shipped, with all that it needs. */
  public static Path jar() {
    return Home.directory().resolve("serving-api/target/api.jar");
  }

  /** Port on the loop-back interface. */
  public int port() {
    return port;
  }

  /** The id of the process. */
  public long pid() {
    return process.pid();
  }

  /** From the start of the process to the first "ready"; up to 50 ms too long. */
  public Duration startTime() {
    return startTime;
  }

  /** Processor time used until then, which other programs do not lengthen. */
  public Duration startCpu() {
    return startCpu;
  }

  /**
   * The memory that it occupies (resident set), in bytes.
   *
   * @throws IllegalStateException where there is no Linux /proc
   */
  public long memoryBytes() {
    return process
        .memoryBytes()
        .orElseThrow(() -> new IllegalStateException("no /proc: memory cannot be measured"));
  }

  @Override
  public void close() {
    process.close();
  }

  private static boolean isReady(int port) {
    try (KeepAliveClient client = KeepAliveClient.connect(port)) {
      return client.get("/health/ready").status() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }
}
