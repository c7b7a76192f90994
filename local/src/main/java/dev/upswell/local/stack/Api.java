package dev.upswell.local.stack;

import dev.upswell.processes.ChildProcess;
import dev.upswell.processes.Home;
import dev.upswell.processes.JavaCommand;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The serving API as a process of its own. */
final class Api implements AutoCloseable {
  private static final Duration READY = Duration.ofSeconds(60);

  private final ChildProcess process;
  private final String url;

  private Api(ChildProcess process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Starts the API and waits until it says that it is ready. */
  static Api start(Path directory, int port, String redisUri, String bootstrapServers) {
    List<String> command =
        JavaCommand.of(
            List.of("-Xms64m", "-Xmx256m"),
            Home.directory().resolve("serving-api/target/api.jar").toString(),
            "dev.upswell.api.ApiServer",
            List.of(
                "--port",
                Integer.toString(port),
                "--redis.uri",
                redisUri,
                "--kafka.bootstrap-servers",
                bootstrapServers));
    ChildProcess process =
        ChildProcess.start("the API", command, directory, directory.resolve("api.log"), Map.of());
    String url = "http://127.0.0.1:" + port;
    HttpClient client = HttpClient.newHttpClient();
    process.awaitReady(READY, () -> isReady(client, url));
    return new Api(process, url);
  }

  String url() {
    return url;
  }

  OptionalLong memoryBytes() {
    return process.memoryBytes();
  }

  @Override
  public void close() {
    process.close();
  }

  private static boolean isReady(HttpClient client, String url) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/health/ready"))
            .timeout(Duration.ofSeconds(2))
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while waiting for the API", e);
    }
  }
}
