package dev.upswell.feeds.redis;

import static io.lettuce.core.protocol.CommandType.FLUSHALL;

import dev.upswell.feeds.FeedStatementsContract;
import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.store.FeedStoreWriter;
import dev.upswell.processes.RedisProcess;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisSettings;
import dev.upswell.redis.pipeline.Pipeline;
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
  protected FeedStoreReader reads() {
    Pipeline batch = new Pipeline();
    batch.add(FLUSHALL, new StatusOutput<>(ByteArrayCodec.INSTANCE), Pipeline.args());
    redis.send(batch).join();
    return new RedisFeedStore(redis, SETTINGS);
  }

  @Override
  protected FeedStoreWriter writes() {
    return new RedisFeedStore(redis, SETTINGS);
  }
}
