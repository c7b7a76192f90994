package dev.upswell.benchmarks.push;

import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.command.IdKeyFormat;
import dev.upswell.redis.pipeline.KeyPipeline;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** Ours: one command for all keys of a block. */
final class KeyPipelineClient implements PushClient {
  private static final IdKeyFormat FEED = new IdKeyFormat("feed:{", "}");

  private final RedisConnection redis;
  private final long[][] blocks;
  private final BitSet renewed;
  private final Queue<CompletableFuture<long[]>> sent = new ArrayDeque<>();

  KeyPipelineClient(RedisConnection redis, long[][] blocks, Commands commands) {
    if (commands.trims()) {
      throw new IllegalArgumentException("not among what the job can send: " + commands);
    }
    this.redis = redis;
    this.blocks = blocks;
    this.renewed = commands.renewed(blocks[0].length);
  }

  @Override
  public void send(int block) {
    sent.add(
        redis.send(
            KeyPipeline.pushIfPresent(
                FEED, blocks[block], FeedLists.ENTRY, renewed, FeedLists.TTL)));
  }

  @Override
  public void awaitOldest() {
    for (long length : sent.remove().join()) {
      if (length < 2) {
        throw new IllegalStateException("length of a list: " + length + " (expected: 2 or more)");
      }
    }
  }
}
