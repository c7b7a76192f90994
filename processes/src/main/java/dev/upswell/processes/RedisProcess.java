package dev.upswell.processes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import redis.embedded.core.ExecutableProvider;

/** A Redis 6.2 server on the loop-back interface, without TLS or password. */
public final class RedisProcess extends Server {
  private static final Duration READY = Duration.ofSeconds(30);
  private static final int PROBE_MILLIS = 1_000;
  private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PONG = "+PONG\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Handling of the data at shutdown. */
  public enum Persistence {
    /** Nothing is written to disk; a restarted server is empty. */
    NONE,
    /** Every write is appended to a file, forced to disk each second; a restarted server has it. */
    APPEND_ONLY
  }

  private final Path directory;
  private final int port;
  private final Persistence persistence;

  private RedisProcess(Path directory, int port, Persistence persistence) {
    super(launch(directory, port, persistence));
    this.directory = directory;
    this.port = port;
    this.persistence = persistence;
  }

  /** Starts a server on a free port that forgets its data, and waits until it answers. */
  public static RedisProcess start(Path directory) {
    return start(directory, Ports.free());
  }

  /** Starts a server on the port that forgets its data, and waits until it answers. */
  public static RedisProcess start(Path directory, int port) {
    return start(directory, port, Persistence.NONE);
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @param directory its data, executable and log; created if absent. Data that a server with
   *     {@link Persistence#APPEND_ONLY} left here is loaded by the next one.
   * @throws ProcessFailedException when it does not become ready within 30 s
   */
  public static RedisProcess start(Path directory, int port, Persistence persistence) {
    return new RedisProcess(directory.toAbsolutePath(), port, persistence);
  }

  public int port() {
    return port;
  }

  /** Such as {@code redis://127.0.0.1:20123}. */
  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  @Override
  ChildProcess launch() {
    return launch(directory, port, persistence);
  }

  private static ChildProcess launch(Path directory, int port, Persistence persistence) {
    Ports.requireFree("Redis", port);
    List<String> command =
        List.of(
            executable(directory).toString(),
            "--port",
            Integer.toString(port),
            "--bind",
            "127.0.0.1",
            "--dir",
            directory.toString(),
            "--save",
            "",
            "--appendonly",
            persistence == Persistence.APPEND_ONLY ? "yes" : "no");
    ChildProcess process =
        ChildProcess.start("Redis", command, directory, directory.resolve("redis.log"), Map.of());
    process.awaitReady(READY, () -> answersPing(port));
    return process;
  }

  private static Path executable(Path directory) {
    try {
      Path folder = Files.createDirectories(directory.resolve("bin"));
      return ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toPath();
    } catch (IOException e) {
      throw new ProcessFailedException("no Redis executable for this system: " + e.getMessage(), e);
    }
  }

  private static boolean answersPing(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PROBE_MILLIS);
      socket.setSoTimeout(PROBE_MILLIS);
      socket.getOutputStream().write(PING);
      // While it loads its data it answers with an error instead.
      return Arrays.equals(socket.getInputStream().readNBytes(PONG.length), PONG);
    } catch (IOException notYet) {
      return false;
    }
  }
}
