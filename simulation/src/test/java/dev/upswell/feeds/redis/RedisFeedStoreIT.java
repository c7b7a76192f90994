package dev.upswell.feeds.redis;

import static io.lettuce.core.protocol.CommandType.TTL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.feeds.FeedStoreContract;
import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.store.FeedStoreWriter;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.pipeline.RedisReply;
import dev.upswell.testing.TestRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisFeedStoreIT extends FeedStoreContract {
  private static final long USER = 3;

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

  @Test
  void headRenewsTheTtlOnlyOnRequest() {
    FeedStoreReader store = reads();
    FeedEntry marker = store.begin(USER, 1, List.of()).join().tail();
    store.finish(USER, marker, List.of(new FeedEntry(2, 9), FeedEntry.END)).join();
    Pipeline batch = new Pipeline();
    batch.expire(RedisKeys.feed(USER), Duration.ofSeconds(10));
    redis.send(batch);

    store.head(USER, 2, 2, false).join();
    assertThat(secondsLeft()).isBetween(0L, 10L);
    store.head(USER, 2, 2, true).join();
    assertThat(secondsLeft()).isGreaterThan(SETTINGS.feedTtl().toSeconds() - 10);
  }

  private static long secondsLeft() {
    Pipeline batch = new Pipeline();
    RedisReply<Long> left = batch.integer(TTL, Pipeline.args().addKey(RedisKeys.feed(USER)));
    redis.send(batch);
    return left.get();
  }
}
