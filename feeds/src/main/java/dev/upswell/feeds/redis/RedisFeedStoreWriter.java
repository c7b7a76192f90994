package dev.upswell.feeds.redis;

import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.FeedOptions;
import dev.upswell.feeds.store.FeedPush;
import dev.upswell.feeds.store.FeedStoreWriter;
import dev.upswell.feeds.video.VideoWrite;
import dev.upswell.feeds.viewer.RelationshipTombstone;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.pipeline.Pipeline;
import java.util.concurrent.CompletableFuture;

/** Writes feeds to Redis as the fan-out job does, one write per call. Thread-safe. */
public final class RedisFeedStoreWriter implements FeedStoreWriter {
  private final RedisConnection redis;
  private final FeedCommands commands;
  private final FeedPushWriter pushes;

  /** Creates a writer. The caller closes the connection. */
  public RedisFeedStoreWriter(RedisConnection redis, FeedOptions settings) {
    this.redis = redis;
    this.commands = new FeedCommands(settings);
    this.pushes = new FeedPushWriter(redis, settings);
  }

  @Override
  public CompletableFuture<Void> write(VideoWrite write) {
    Pipeline batch = new Pipeline();
    commands.write(batch, write);
    return redis.send(batch);
  }

  @Override
  public CompletableFuture<Void> follow(long userId, Following following) {
    Pipeline batch = new Pipeline();
    commands.follow(batch, userId, following);
    return redis.send(batch);
  }

  @Override
  public CompletableFuture<Void> writeTombstone(long userId, RelationshipTombstone tombstone) {
    Pipeline batch = new Pipeline();
    commands.writeTombstone(batch, userId, tombstone);
    return redis.send(batch);
  }

  @Override
  public CompletableFuture<Void> withdraw(long userId, Following following) {
    Pipeline batch = new Pipeline();
    commands.withdraw(batch, userId, following);
    return redis.send(batch);
  }

  @Override
  public CompletableFuture<Void> confirm(long userId, long epoch) {
    Pipeline batch = new Pipeline();
    commands.confirm(batch, userId, epoch);
    return redis.send(batch);
  }

  @Override
  public CompletableFuture<Integer> push(FeedPush push) {
    return pushes.push(push.videoId(), push.creatorId(), push.userIds());
  }

  @Override
  public CompletableFuture<Void> drop(long[] userIds) {
    return pushes.drop(userIds).thenAccept(dropped -> {});
  }

  @Override
  public CompletableFuture<Void> pull(long creatorId, long since) {
    Pipeline batch = new Pipeline();
    commands.pull(batch, creatorId, since);
    return redis.send(batch);
  }

  @Override
  public CompletableFuture<Void> release(long creatorId, long since) {
    Pipeline batch = new Pipeline();
    commands.release(batch, creatorId, since);
    return redis.send(batch);
  }
}
