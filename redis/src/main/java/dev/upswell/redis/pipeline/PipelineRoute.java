package dev.upswell.redis.pipeline;

import dev.upswell.redis.RedisConnection;
import java.util.concurrent.CompletableFuture;

/** Sends pipelines that are not empty to the servers of their keys. Thread-safe. */
public interface PipelineRoute {
  /** Sends a pipeline like {@link RedisConnection#send(Pipeline)}. */
  CompletableFuture<Void> send(Pipeline batch);

  /** Sends a pipeline like {@link RedisConnection#send(KeyPipeline)}. */
  CompletableFuture<long[]> send(KeyPipeline batch);
}
