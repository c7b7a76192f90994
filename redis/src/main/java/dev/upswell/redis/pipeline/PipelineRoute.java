package dev.upswell.redis.pipeline;

import dev.upswell.redis.RedisConnection;
import java.util.concurrent.CompletableFuture;

/** The way of batches that are not empty to whoever has their keys. Thread-safe. */
public interface PipelineRoute {
  /** As {@link RedisConnection#send(Pipeline)}. */
  CompletableFuture<Void> send(Pipeline batch);

  /** As {@link RedisConnection#send(KeyPipeline)}. */
  CompletableFuture<long[]> send(KeyPipeline batch);
}
