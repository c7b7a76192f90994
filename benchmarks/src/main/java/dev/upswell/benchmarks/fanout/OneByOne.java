package dev.upswell.benchmarks.fanout;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.RedisKeys;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;

/** Rival: a worker that pushes to one follower per round trip. */
final class OneByOne implements AutoCloseable {
  private static final byte[] ENTRY =
      new FeedEntry(0x0123_4567_89AB_CDEFL, 2_000_000_001L).toBytes();

  private final RedisClient client;
  private final RedisCommands<byte[], byte[]> redis;
  private int next;

  OneByOne(String uri) {
    client = RedisClient.create(uri);
    redis = client.connect(ByteArrayCodec.INSTANCE).sync();
  }

  /** Pushes for a time, and returns the pushes per second. */
  double perSecond(long[] userIds, Duration duration) {
    long begun = System.nanoTime();
    long pushes = 0;
    while (System.nanoTime() - begun < duration.toNanos()) {
      long userId = userIds[next++ % userIds.length];
      if (redis.lpushx(RedisKeys.feed(userId), ENTRY) == 0) {
        throw new IllegalStateException("user " + userId + " has no feed");
      }
      pushes++;
    }
    return pushes * 1e9 / (System.nanoTime() - begun);
  }

  @Override
  public void close() {
    client.shutdown();
  }
}
