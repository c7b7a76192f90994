package dev.upswell.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.upswell.processes.ApiProcess;
import dev.upswell.processes.FlinkCluster;
import dev.upswell.processes.FlinkSettings;
import dev.upswell.processes.Ports;
import dev.upswell.processes.RedisProcess;
import dev.upswell.testing.TestKafka;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The shipped system as processes: job jars on a Flink cluster, and the API behind a {@link
 * ValidatingProxy}.
 */
record ShippedSystem(
    TestKafka kafka, RedisProcess redis, FlinkCluster flink, ApiProcess api, ValidatingProxy proxy)
    implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  static ShippedSystem start(Path dir) {
    TestKafka kafka = TestKafka.start(dir.resolve("kafka"));
    RedisProcess redis = RedisProcess.start(dir.resolve("redis"));
    FlinkCluster flink = FlinkCluster.start(dir.resolve("flink"), FlinkSettings.defaults());
    ApiProcess api =
        ApiProcess.start(
            dir.resolve("api"),
            Ports.free(),
            List.of(
                "--auth=off",
                "--redis.uri=" + redis.uri(),
                "--kafka.bootstrap-servers=" + kafka.bootstrapServers()));
    return new ShippedSystem(kafka, redis, flink, api, ValidatingProxy.before(api.url()));
  }

  /** Runs a job by its jar and waits until all of it runs. */
  void submit(String job, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "--redis.uri=" + redis.uri(),
                "--checkpoints.interval=1s"));
    arguments.addAll(List.of(options));
    Path jar = Project.ROOT.resolve("jobs/" + job + "/target/" + job + ".jar");
    flink.awaitRunning(flink.submit(jar, arguments), Duration.ofSeconds(60));
  }

  /** Sends events as a client does. */
  void tell(String events) {
    HttpResponse<String> response =
        send(request("/v1/events").POST(BodyPublishers.ofString(events)));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
  }

  JsonObject get(String path) {
    HttpResponse<String> response = send(request(path));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(proxy.url() + path)).timeout(Duration.ofSeconds(10));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString(UTF_8));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError("no response", e);
    }
  }

  void assertEachCallWasAsOpenApiSays() {
    proxy.assertNothingWasWrong();
  }

  @Override
  public void close() {
    proxy.close();
    api.close();
    flink.close();
    redis.close();
    kafka.close();
  }
}
