package dev.upswell.feeds.redis;

import dev.upswell.feeds.FeedStatementsContract;
import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.store.FeedStoreWriter;
import dev.upswell.testing.TestRedis;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class RedisFeedStatementsIT extends FeedStatementsContract {
  @AutoClose private static TestRedis redis;

  @BeforeAll
  static void start(@TempDir Path dir) {
    redis = TestRedis.start(dir);
  }

  @Override
  protected FeedStoreReader reads() {
    redis.flushAll();
    return new RedisFeedStoreReader(redis.connection, SETTINGS);
  }

  @Override
  protected FeedStoreWriter writes() {
    return new RedisFeedStoreWriter(redis.connection, SETTINGS);
  }
}
