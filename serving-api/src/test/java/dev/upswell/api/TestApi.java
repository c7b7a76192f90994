package dev.upswell.api;

import dev.upswell.processes.RedisProcess;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server without Kafka, and a Redis of its own. */
final class TestApi implements AutoCloseable {
  final RedisProcess redis;
  final RedisConnection connection;
  final ApiServer server;
  final ApiClient client;

  private TestApi(RedisProcess redis, ApiServer server) {
    this.redis = redis;
    this.connection = RedisConnection.open(RedisSettings.of(redis.uri()));
    this.server = server;
    this.client = new ApiClient(server.port());
  }

  /** Starts both; where the options say nothing of it, nobody is asked who they are. */
  static TestApi start(Path directory, Map<String, String> secrets, String... options) {
    RedisProcess redis = RedisProcess.start(directory);
    return new TestApi(redis, server(redis.uri(), secrets, options));
  }

  /** A server beside others. */
  static ApiServer server(String redisUri, Map<String, String> secrets, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--port=0",
                "--redis.uri=" + redisUri,
                // Nothing is written to Kafka, and nobody asks for it before that.
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
    connection.close();
    redis.close();
  }
}
