package dev.upswell.api.trending;

import dev.upswell.api.protection.Priority;
import dev.upswell.api.protection.Protection;
import dev.upswell.api.visibility.VideoVisibilities;
import dev.upswell.contract.events.TrendingList;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.contract.redis.TrendingValue;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.pipeline.RedisReply;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/**
 * Reads the lists of a scope, all in one value, without videos that are not public. Thread-safe.
 *
 * @param redis stays the caller's to close
 */
record TrendingLists(RedisConnection redis, VideoVisibilities visibilities, Protection protection) {
  /** Key of shared reads. */
  private record Flight(String scope) {}

  /**
   * Returns the lists as jobs/trending wrote them last, without the videos that are not public by
   * now: a list may be days old. Empty if the job never wrote any.
   */
  CompletableFuture<Optional<TrendingValue>> read(String scope, ScheduledExecutorService thread) {
    return protection.read(Priority.STATISTICS, new Flight(scope), thread, () -> ask(scope));
  }

  private CompletableFuture<Optional<TrendingValue>> ask(String scope) {
    Pipeline batch = new Pipeline(1);
    RedisReply<byte[]> value = batch.get(RedisKeys.trending(scope));
    return redis
        .send(batch)
        .thenCompose(
            done ->
                value
                    .found()
                    .map(TrendingValue::fromBytes)
                    .map(found -> publicOnly(found.lists()).thenApply(Optional::of))
                    .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty())));
  }

  private CompletableFuture<TrendingValue> publicOnly(TrendingList lists) {
    List<Long> ids =
        Stream.concat(lists.getEntriesList().stream(), lists.getTopList().stream())
            .map(TrendingList.Entry::getVideoId)
            .toList();
    return visibilities
        .publicOf(ids)
        .thenApply(
            shown -> {
              TrendingList.Builder filtered = lists.toBuilder().clearEntries().clearTop();
              lists.getEntriesList().stream()
                  .filter(entry -> shown.contains(entry.getVideoId()))
                  .forEach(filtered::addEntries);
              lists.getTopList().stream()
                  .filter(entry -> shown.contains(entry.getVideoId()))
                  .forEach(filtered::addTop);
              return new TrendingValue(filtered.build());
            });
  }
}
