package dev.upswell.redis;

import java.util.concurrent.CompletableFuture;

/** The way of a batch to the nodes that have its keys. */
interface KeyBatchRoute {
  /** Sends a batch that is not empty; completes with the answers in the order of its keys. */
  CompletableFuture<long[]> send(KeyBatch batch);
}
