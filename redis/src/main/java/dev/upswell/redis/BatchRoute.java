package dev.upswell.redis;

import java.util.concurrent.CompletableFuture;

/** The way of batches that are not empty to whoever has their keys. Thread-safe. */
interface BatchRoute {
  /** As {@link RedisConnection#send(RedisBatch)}. */
  CompletableFuture<Void> send(RedisBatch batch);

  /** As {@link RedisConnection#send(KeyBatch)}. */
  CompletableFuture<long[]> send(KeyBatch batch);
}
