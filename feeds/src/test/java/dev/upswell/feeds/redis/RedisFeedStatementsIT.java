package dev.upswell.feeds.redis;

import static io.lettuce.core.protocol.CommandType.FLUSHALL;

import dev.upswell.feeds.FeedReads;
import dev.upswell.feeds.FeedStatementsContract;
import dev.upswell.feeds.FeedWrites;
import dev.upswell.processes.RedisProcess;
import dev.upswell.redis.RedisBatch;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisSettings;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class RedisFeedStatementsIT extends FeedStatementsContract {
  private static RedisProcess server;
  private static RedisConnection redis;

  @BeforeAll
  static void start(@TempDir Path dir) {
    server = RedisProcess.start(dir);
    redis = RedisConnection.open(RedisSettings.of(server.uri()));
  }

  @AfterAll
  static void stop() {
    redis.close();
    server.close();
  }

  @Override
  protected FeedReads reads() {
    RedisBatch batch = new RedisBatch();
    batch.add(FLUSHALL, new StatusOutput<>(ByteArrayCodec.INSTANCE), RedisBatch.args());
    redis.send(batch).join();
    return new RedisFeedStore(redis, SETTINGS);
  }

  @Override
  protected FeedWrites writes() {
    return new RedisFeedStore(redis, SETTINGS);
  }
}
