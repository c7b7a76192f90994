package dev.upswell.benchmarks.feed;

import dev.upswell.contract.redis.RedisKeys;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the newest few of all outboxes that a user's page is made of with a bare Lettuce, as one
 * pipeline, and does nothing with them. A computed page reads no less.
 */
final class OutboxWork implements Work {
  private static final Duration MOST = Duration.ofSeconds(10);

  private final StatefulRedisConnection<byte[], byte[]> redis;
  private final List<List<byte[]>> outboxes;
  private final int depth;
  private int next;

  /**
   * Creates a client.
   *
   * @param redis of this client alone
   * @param followees of each user
   * @param depth videos of each outbox
   */
  OutboxWork(StatefulRedisConnection<byte[], byte[]> redis, List<long[]> followees, int depth) {
    this.redis = redis;
    this.depth = depth;
    this.outboxes = new ArrayList<>();
    for (long[] each : followees) {
      List<byte[]> keys = new ArrayList<>();
      for (long followee : each) {
        keys.add(RedisKeys.outbox(followee));
      }
      outboxes.add(keys);
    }
    redis.setAutoFlushCommands(false);
  }

  @Override
  public void prepare() {
    next = (next + 1) % outboxes.size();
  }

  @Override
  public void request() throws IOException {
    List<RedisFuture<List<byte[]>>> replies = new ArrayList<>();
    for (byte[] key : outboxes.get(next)) {
      replies.add(redis.async().zrevrange(key, 0, depth - 1L));
    }
    redis.flushCommands();
    if (!LettuceFutures.awaitAll(MOST, replies.toArray(new RedisFuture<?>[0]))) {
      throw new IOException("ZREVRANGE: no reply within " + MOST);
    }
  }

  @Override
  public void close() {
    redis.close();
  }
}
