package dev.upswell.benchmarks.push;

import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.pipeline.RedisReply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** Lettuce's usual way: a command per key, all dispatched together. */
final class PipelineClient implements PushClient {
  private final RedisConnection redis;
  private final long[][] blocks;
  private final BitSet renewed;
  private final Queue<CompletableFuture<List<RedisReply<Long>>>> sent = new ArrayDeque<>();

  PipelineClient(RedisConnection redis, long[][] blocks, Commands commands) {
    if (commands.trims()) {
      throw new IllegalArgumentException("not among what the job can send: " + commands);
    }
    this.redis = redis;
    this.blocks = blocks;
    this.renewed = commands.renewed(blocks[0].length);
  }

  @Override
  public void send(int block) {
    long[] users = blocks[block];
    Pipeline batch = new Pipeline(2 * users.length);
    List<RedisReply<Long>> lengths = new ArrayList<>(users.length);
    for (int i = 0; i < users.length; i++) {
      byte[] feed = RedisKeys.feed(users[i]);
      lengths.add(batch.pushIfPresent(feed, FeedLists.ENTRY));
      if (renewed.get(i)) {
        batch.expire(feed, FeedLists.TTL);
      }
    }
    sent.add(redis.send(batch).thenApply(done -> lengths));
  }

  @Override
  public void awaitOldest() {
    for (RedisReply<Long> reply : sent.remove().join()) {
      long length = reply.get();
      if (length < 2) {
        throw new IllegalStateException("length of a list: " + length + " (expected: 2 or more)");
      }
    }
  }
}
