package dev.upswell.api;

import dev.upswell.testing.TestRedis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs an API server with a Redis of its own, and sends requests to it. */
final class TestApi implements AutoCloseable {
  final TestRedis redis;
  final TestFeeds feeds;
  final ApiServer server;
  final ApiClient client;

  private TestApi(TestRedis redis, ApiServer server) {
    this.redis = redis;
    this.feeds = new TestFeeds(redis.connection);
    this.server = server;
    this.client = new ApiClient(server.port());
  }

  /** Starts both, without authentication. */
  static TestApi start(Path directory, String... options) {
    return start(directory, Map.of(), options);
  }

  /** Starts both, without authentication if there are no secrets. */
  static TestApi start(Path directory, Map<String, String> secrets, String... options) {
    TestRedis redis = TestRedis.start(directory.resolve("redis"));
    return new TestApi(redis, server(redis.uri(), secrets, options));
  }

  /** Starts a server without authentication, on a Redis that runs already. */
  static ApiServer server(String redisUri, String... options) {
    return server(redisUri, Map.of(), options);
  }

  /** Starts a server on a Redis that runs already, without authentication if there is no secret. */
  static ApiServer server(String redisUri, Map<String, String> secrets, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--port=0",
                "--redis.uri=" + redisUri,
                // Only POST /v1/events connects to Kafka.
                "--kafka.bootstrap-servers=127.0.0.1:9"));
    all.addAll(List.of(options));
    if (secrets.isEmpty()) {
      all.add("--auth=off");
    }
    return ApiServer.start(
        ApiOptions.from(ApiOptions.options().read(all.toArray(String[]::new), secrets)));
  }

  @Override
  public void close() {
    server.close();
    redis.close();
  }
}
