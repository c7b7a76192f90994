package dev.upswell.testing;

import static io.lettuce.core.protocol.CommandType.FLUSHALL;

import dev.upswell.processes.Ports;
import dev.upswell.processes.RedisProcess;
import dev.upswell.processes.RedisProcess.Persistence;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisOptions;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.pipeline.RedisReply;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import java.nio.file.Path;
import java.util.Optional;

/** Runs a Redis server and holds a connection to it. */
public final class TestRedis implements AutoCloseable {
  public final RedisProcess server;
  public final RedisConnection connection;

  private TestRedis(RedisProcess server) {
    this.server = server;
    this.connection = RedisConnection.open(settings());
  }

  /** Starts a server that is empty after a restart. */
  public static TestRedis start(Path directory) {
    return start(directory, Persistence.NONE);
  }

  /** Starts a server on a free port, with its data in the directory. */
  public static TestRedis start(Path directory, Persistence persistence) {
    return new TestRedis(RedisProcess.start(directory, Ports.free(), persistence));
  }

  /** Returns the URI of the server. */
  public String uri() {
    return server.uri();
  }

  /** Returns the settings of the connection. */
  public RedisOptions settings() {
    return RedisOptions.of(server.uri());
  }

  /** Sends a pipeline and waits for its replies. */
  public void send(Pipeline pipeline) {
    connection.send(pipeline).join();
  }

  /** Returns the value of a string key; empty for an absent key. */
  public Optional<byte[]> get(byte[] key) {
    Pipeline pipeline = new Pipeline();
    RedisReply<byte[]> reply = pipeline.get(key);
    send(pipeline);
    return reply.found();
  }

  /** Sets a string key. */
  public void set(byte[] key, byte[] value) {
    Pipeline pipeline = new Pipeline();
    pipeline.set(key, value);
    send(pipeline);
  }

  /** Deletes all keys. */
  public void flushAll() {
    Pipeline pipeline = new Pipeline();
    pipeline.add(FLUSHALL, new StatusOutput<>(ByteArrayCodec.INSTANCE), Pipeline.args());
    send(pipeline);
  }

  @Override
  public void close() {
    connection.close();
    server.close();
  }
}
