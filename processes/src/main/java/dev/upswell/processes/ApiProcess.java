package dev.upswell.processes;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The serving API jar in its own JVM. */
public final class ApiProcess implements AutoCloseable {
  private static final Duration READY = Duration.ofSeconds(60);
  private static final int PROBE_MILLIS = 2_000;

  private final ChildProcess process;
  private final int port;
  private final Duration startTime;

  private ApiProcess(ChildProcess process, int port, Duration startTime) {
    this.process = process;
    this.port = port;
    this.startTime = startTime;
  }

  /**
   * Starts the API and waits until it is ready.
   *
   * @param directory for its log and temporary files; created if absent
   * @param options command line without the port
   * @throws ProcessFailedException if the jar is not built, or the API is not ready within 60 s
   */
  public static ApiProcess start(Path directory, int port, List<String> options) {
    List<String> flags = new ArrayList<>(List.of("-Xms64m", "-Xmx512m"));
    flags.addAll(JavaCommand.tidyIn(directory));
    List<String> arguments = new ArrayList<>(List.of("--port=" + port));
    arguments.addAll(options);
    List<String> command =
        JavaCommand.of(flags, jar().toString(), "dev.upswell.api.ApiServer", arguments);
    long begun = System.nanoTime();
    ChildProcess process =
        ChildProcess.start("the API", command, directory, directory.resolve("api.log"), Map.of());
    process.awaitReady(READY, () -> isReady(port));
    return new ApiProcess(process, port, Duration.ofNanos(System.nanoTime() - begun));
  }

  /** The shipped jar with all dependencies. */
  public static Path jar() {
    return Home.directory().resolve("serving-api/target/api.jar");
  }

  /** Port on the loop-back interface. */
  public int port() {
    return port;
  }

  /** Such as {@code http://127.0.0.1:20124}. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public long pid() {
    return process.pid();
  }

  /** From the start of the process to the first "ready"; up to 50 ms too long. */
  public Duration startTime() {
    return startTime;
  }

  /** The memory that it occupies (resident set), in bytes; empty where there is no Linux /proc. */
  public OptionalLong memoryBytes() {
    return process.memoryBytes();
  }

  @Override
  public void close() {
    process.close();
  }

  private static boolean isReady(int port) {
    try {
      URI ready = URI.create("http://127.0.0.1:" + port + "/health/ready");
      HttpURLConnection connection = (HttpURLConnection) ready.toURL().openConnection();
      connection.setConnectTimeout(PROBE_MILLIS);
      connection.setReadTimeout(PROBE_MILLIS);
      return connection.getResponseCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }
}
