package dev.upswell.api.trending;

import dev.upswell.api.protection.Priority;
import dev.upswell.api.protection.Protection;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.contract.redis.TrendingValue;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.pipeline.RedisReply;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Reads the lists of a scope, all in one value. Thread-safe.
 *
 * @param redis stays the caller's to close
 */
record TrendingLists(RedisConnection redis, Protection protection) {
  /** Key of shared reads. */
  private record Flight(String scope) {}

  /** The lists as jobs/trending wrote them last; empty if it never did. */
  CompletableFuture<Optional<TrendingValue>> read(String scope, ScheduledExecutorService thread) {
    return protection.read(Priority.STATISTICS, new Flight(scope), thread, () -> ask(scope));
  }

  private CompletableFuture<Optional<TrendingValue>> ask(String scope) {
    Pipeline batch = new Pipeline(1);
    RedisReply<byte[]> value = batch.get(RedisKeys.trending(scope));
    return redis.send(batch).thenApply(done -> value.found().map(TrendingValue::fromBytes));
  }
}
