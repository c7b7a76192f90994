package dev.upswell.benchmarks.feed;

import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.util.List;

/**
 * Reads the same lists from Redis with a bare Lettuce, one connection for all clients, as the API
 * does. No feed could be read in less.
 */
final class ListWork implements Work {
  private final RedisCommands<byte[], byte[]> redis;
  private final List<byte[]> keys;
  private int next;

  ListWork(RedisCommands<byte[], byte[]> redis, List<byte[]> keys) {
    this.redis = redis;
    this.keys = List.copyOf(keys);
  }

  @Override
  public void prepare() {
    next = (next + 1) % keys.size();
  }

  @Override
  public void request() throws IOException {
    int entries = redis.lrange(keys.get(next), 0, -1).size();
    if (entries != FeedData.ENTRIES) {
      throw new IOException("LRANGE: " + entries + " (expected: " + FeedData.ENTRIES + ")");
    }
  }

  @Override
  public void close() {
    // All users share the connection.
  }
}
