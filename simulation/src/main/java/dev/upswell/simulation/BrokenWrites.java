package dev.upswell.simulation;

import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.store.FeedPush;
import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.store.FeedStoreWriter;
import dev.upswell.feeds.viewer.RelationshipTombstone;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The job's port of the store, without some of the rules. */
final class BrokenWrites implements FeedStoreWriter {
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);
  private static final long BUILDER = -1;

  private final FeedStoreWriter store;
  private final FeedStoreReader reads;
  private final Set<OrderingRule> broken;
  private long lastSaid;

  private BrokenWrites(FeedStoreWriter store, FeedStoreReader reads, Set<OrderingRule> broken) {
    this.store = store;
    this.reads = reads;
    this.broken = broken;
  }

  static FeedStoreWriter of(SimulatedStore store, Executor steps, Set<OrderingRule> broken) {
    FeedStoreWriter writes = store.writes(steps);
    return broken.isEmpty() ? writes : new BrokenWrites(writes, store.reads(steps), broken);
  }

  @Override
  public CompletableFuture<Void> publish(Video video) {
    return broken.contains(OrderingRule.VISIBLE_BY_TIME)
        ? store.publish(video.toBuilder().setAt(Long.MAX_VALUE / 2 + ++lastSaid).build())
        : store.publish(video);
  }

  @Override
  public CompletableFuture<Void> remove(Video video) {
    return store.remove(video);
  }

  @Override
  public CompletableFuture<Void> follow(long userId, Following following) {
    return store.follow(userId, following);
  }

  @Override
  public CompletableFuture<Void> writeTombstone(long userId, RelationshipTombstone tombstone) {
    return broken.contains(OrderingRule.PARTED_BY_TIME)
        ? DONE
        : store.writeTombstone(userId, tombstone);
  }

  @Override
  public CompletableFuture<Void> withdraw(long userId, Following following) {
    return store.withdraw(userId, following);
  }

  @Override
  public CompletableFuture<Void> confirm(long userId, long epoch) {
    if (!broken.contains(OrderingRule.DROP_BEFORE_WARM)) {
      return store.confirm(userId, epoch);
    }
    // Keeps unfinished lists, which a correct deletion removes.
    return reads
        .storedFeed(userId)
        .thenCompose(
            before ->
                store
                    .confirm(userId, epoch)
                    .thenCompose(
                        done ->
                            before.list().size() > 0 && before.list().isComplete()
                                ? reads
                                    .begin(userId, BUILDER, List.of())
                                    .thenCompose(
                                        start ->
                                            reads.finish(
                                                userId,
                                                start.tail(),
                                                BrokenReads.entries(before.list())))
                                    .thenApply(finished -> null)
                                : DONE));
  }

  @Override
  public CompletableFuture<Integer> push(FeedPush push) {
    if (!broken.contains(OrderingRule.PUSHES_CREATE_NO_FEED)) {
      return store.push(push);
    }
    CompletableFuture<Integer> all = CompletableFuture.completedFuture(0);
    for (long user : push.userIds()) {
      FeedPush one = new FeedPush(push.videoId(), push.creatorId(), new long[] {user});
      all =
          all.thenCompose(done -> reads.begin(user, BUILDER, List.of()))
              .thenCompose(
                  start -> reads.finish(user, FeedEntry.marker(BUILDER), List.of(FeedEntry.END)))
              .thenCompose(done -> store.push(one));
    }
    return all;
  }

  @Override
  public CompletableFuture<Void> drop(long[] userIds) {
    return store.drop(userIds);
  }

  @Override
  public CompletableFuture<Void> pull(long creatorId, long since) {
    return store.pull(creatorId, since);
  }

  @Override
  public CompletableFuture<Void> release(long creatorId, long since) {
    return store.release(creatorId, since);
  }
}
