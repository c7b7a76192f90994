package dev.upswell.simulation;

import dev.upswell.contract.events.Video;
import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.store.FeedPush;
import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.store.FeedStoreWriter;
import dev.upswell.feeds.video.OutboxChange;
import dev.upswell.feeds.video.VideoChange;
import dev.upswell.feeds.video.VideoWrite;
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
  public CompletableFuture<Void> write(VideoWrite write) {
    VideoChange video = write.video();
    OutboxChange outbox = write.outbox();
    if (broken.contains(OrderingRule.VISIBLE_BY_TIME)) {
      Video record = video.record().toBuilder().setAt(Long.MAX_VALUE / 2 + ++lastSaid).build();
      video = new VideoChange(video.creatorId(), record, video.publishedAt(), video.kind());
    }
    boolean takesPlace =
        broken.contains(OrderingRule.HIDDEN_VIDEOS_TAKE_NO_PLACE) && outbox.removed().length > 0;
    if (takesPlace) {
      return store.write(new VideoWrite(video, OutboxChange.NONE));
    }
    if (!broken.contains(OrderingRule.OUTBOX_ADDS_BEFORE_REMOVING)) {
      return store.write(new VideoWrite(video, outbox));
    }
    VideoWrite adding = new VideoWrite(video, new OutboxChange(outbox.added(), new long[0]));
    return store
        .write(new VideoWrite(video, new OutboxChange(new long[0], outbox.removed())))
        .thenCompose(removed -> store.write(adding));
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
