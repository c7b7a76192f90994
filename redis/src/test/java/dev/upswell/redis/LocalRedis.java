package dev.upswell.redis;

import dev.upswell.processes.RedisProcess;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Runs a Redis server and holds a connection to it. */
public final class LocalRedis implements AutoCloseable {
  public final RedisProcess server;
  public final RedisConnection connection;

  private LocalRedis(RedisProcess server, UnaryOperator<RedisOptions> changes) {
    this.server = server;
    this.connection = RedisConnection.open(changes.apply(RedisOptions.of(server.uri())));
  }

  /** Starts a server that is empty after a restart. */
  public static LocalRedis start(Path directory) {
    return start(directory, UnaryOperator.identity());
  }

  /** Starts a server with a connection that has changed options. */
  public static LocalRedis start(Path directory, UnaryOperator<RedisOptions> changes) {
    return new LocalRedis(RedisProcess.start(directory), changes);
  }

  @Override
  public void close() {
    connection.close();
    server.close();
  }
}
