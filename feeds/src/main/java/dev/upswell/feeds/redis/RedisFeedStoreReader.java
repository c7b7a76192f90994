package dev.upswell.feeds.redis;

import static io.lettuce.core.protocol.CommandType.EVAL;
import static io.lettuce.core.protocol.CommandType.GET;
import static io.lettuce.core.protocol.CommandType.HMGET;
import static io.lettuce.core.protocol.CommandType.LINDEX;
import static io.lettuce.core.protocol.CommandType.LRANGE;
import static io.lettuce.core.protocol.CommandType.ZRANGE;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.FeedSnapshot;
import dev.upswell.contract.redis.Following;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.feeds.FeedOptions;
import dev.upswell.feeds.store.BuildStart;
import dev.upswell.feeds.store.FeedHead;
import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.feeds.store.Freshness;
import dev.upswell.feeds.store.OutboxPage;
import dev.upswell.feeds.store.OutboxRequest;
import dev.upswell.feeds.store.StoreChanges;
import dev.upswell.feeds.store.StoredFeed;
import dev.upswell.feeds.store.VideoVisibility;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisFullException;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.pipeline.RedisReply;
import dev.upswell.redis.tracking.TrackingSession;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.CommandArgs;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Reads feeds from Redis 6.2 or newer: standalone, behind Sentinel or a cluster. Thread-safe.
 *
 * <p>It also writes what a read computes: lists and snapshots.
 */
public final class RedisFeedStoreReader implements FeedStoreReader {
  private static final FeedEntry ABSENT = FeedEntry.marker(0);

  private final RedisConnection redis;
  private final FeedOptions settings;
  private final Invalidations users = new Invalidations();
  private final Invalidations videos = new Invalidations();
  private volatile StoreChanges changes = StoreChanges.NONE;

  /** Creates a reader. The caller closes the connection. */
  public RedisFeedStoreReader(RedisConnection redis, FeedOptions settings) {
    this.redis = redis;
    this.settings = settings;
  }

  /** Creates a reader that tracks what it reads in the server's threads. */
  public static RedisFeedStoreReader tracking(RedisConnection redis, FeedOptions settings) {
    RedisFeedStoreReader reader = new RedisFeedStoreReader(redis, settings);
    redis.track(reader::changed);
    return reader;
  }

  /** Sets the listener for changes of what this store has read. Call it before the first read. */
  public void onChange(StoreChanges listener) {
    changes = listener;
  }

  private void changed(TrackingSession tracking, ByteBuffer key) {
    long id = RedisKeys.id(key);
    if (RedisKeys.isOfVideo(key)) {
      videos.changed(tracking, id);
      changes.videoChanged(id);
      return;
    }
    users.changed(tracking, id);
    if (RedisKeys.isOfFollowing(key)) {
      changes.followingChanged(id);
    }
  }

  /** Returns the number of tracked users and videos. */
  public int trackedIds() {
    return users.size() + videos.size();
  }

  @Override
  public CompletableFuture<StoredFeed> storedFeed(long userId) {
    Pipeline batch = new Pipeline();
    ViewerKeys keys = new ViewerKeys(batch, userId, redis.tracking().isPresent());
    byte[] feed = RedisKeys.feed(userId);
    RedisReply<FeedList> list =
        batch.add(LRANGE, new FeedListOutput(), Pipeline.args().addKey(feed).add(0).add(-1));
    renew(batch, feed);
    return redis
        .send(batch)
        .thenApply(done -> new StoredFeed(keys.following(), keys.warmEpoch(), list.get()));
  }

  @Override
  public CompletableFuture<FeedHead> head(long userId, int size, int most, boolean renew) {
    // A renewal is a change and would invalidate the result at once.
    Optional<TrackingSession> tracking = renew ? Optional.empty() : redis.tracking();
    Freshness freshness = users.track(userId, tracking);
    Pipeline batch = new Pipeline();
    byte[] feed = RedisKeys.feed(userId);
    ViewerKeys keys = new ViewerKeys(batch, userId, redis.tracking().isPresent());
    if (tracking.isPresent()) {
      batch.tracked();
    }
    RedisReply<FeedList> added =
        batch.add(
            LRANGE,
            new FeedListOutput(),
            Pipeline.args().addKey(feed).add(-(long) size - most).add(-(long) size - 1));
    RedisReply<byte[]> tail =
        batch.add(
            LINDEX,
            new ValueOutput<>(ByteArrayCodec.INSTANCE),
            Pipeline.args().addKey(feed).add(-1));
    if (renew) {
      renew(batch, feed);
    }
    return releaseOnFailure(redis.send(batch), List.of(freshness))
        .thenApply(
            done ->
                new FeedHead(
                    keys.following(),
                    keys.warmEpoch(),
                    added.get(),
                    tail.found().map(FeedEntry::fromBytes).orElse(ABSENT),
                    freshness));
  }

  @Override
  public CompletableFuture<Void> renew(long userId) {
    Pipeline batch = new Pipeline(1);
    renew(batch, RedisKeys.feed(userId));
    return redis.send(batch);
  }

  /** Releases the tracking of a failed read. */
  private static CompletableFuture<Void> releaseOnFailure(
      CompletableFuture<Void> sent, List<Freshness> tracked) {
    return sent.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            tracked.forEach(Freshness::release);
          }
        });
  }

  @Override
  public CompletableFuture<BuildStart> begin(
      long userId, long builder, List<OutboxRequest> requests) {
    Pipeline first = new Pipeline();
    RedisReply<byte[]> tail =
        first.add(
            EVAL,
            new ValueOutput<>(ByteArrayCodec.INSTANCE),
            script(FeedScripts.PLACE_MARKER, userId).addValue(FeedEntry.marker(builder).toBytes()));
    ViewerKeys keys = new ViewerKeys(first, userId, false);
    // In a cluster the outboxes are on other nodes, and only an answered marker is surely there.
    return unlessFull(redis.send(first).thenApply(placed -> FeedEntry.fromBytes(tail.get())))
        .thenCompose(
            // Without memory for a marker no list is created.
            placed ->
                outboxes(requests)
                    .thenApply(
                        pages ->
                            new BuildStart(
                                placed.orElse(FeedEntry.END),
                                keys.following(),
                                keys.warmEpoch(),
                                pages)));
  }

  @Override
  public CompletableFuture<List<OutboxPage>> outboxes(List<OutboxRequest> requests) {
    Pipeline batch = new Pipeline(3 * requests.size());
    List<Supplier<OutboxPage>> pages = new ArrayList<>(requests.size());
    for (OutboxRequest request : requests) {
      pages.add(OutboxRangeReader.of(batch, request));
    }
    return redis.send(batch).thenApply(done -> pages.stream().map(Supplier::get).toList());
  }

  @Override
  public CompletableFuture<Void> drop(long userId) {
    Pipeline batch = new Pipeline(1);
    batch.del(RedisKeys.feed(userId));
    return redis.send(batch);
  }

  @Override
  public CompletableFuture<Boolean> finish(long userId, FeedEntry marker, List<FeedEntry> entries) {
    return run(script(FeedScripts.FINISH, userId).addValue(marker.toBytes()), entries);
  }

  @Override
  public CompletableFuture<Boolean> compact(long userId, FeedList seen, List<FeedEntry> entries) {
    return run(script(FeedScripts.COMPACT, userId).addValue(seen.toBytes()), entries);
  }

  private CommandArgs<byte[], byte[]> script(byte[] lua, long userId) {
    return Pipeline.args().add(lua).add(1).addKey(RedisKeys.feed(userId)).add(secondsToLive());
  }

  private CompletableFuture<Boolean> run(
      CommandArgs<byte[], byte[]> script, List<FeedEntry> entries) {
    entries.forEach(entry -> script.addValue(entry.toBytes()));
    Pipeline batch = new Pipeline();
    RedisReply<Long> done = batch.add(EVAL, new IntegerOutput<>(ByteArrayCodec.INSTANCE), script);
    return unlessFull(redis.send(batch).thenApply(answered -> done.get() == 1))
        .thenApply(written -> written.orElse(false));
  }

  /**
   * Returns the result of a write; empty if Redis is out of memory, which must not fail the read.
   */
  private static <T> CompletableFuture<Optional<T>> unlessFull(CompletableFuture<T> write) {
    return write
        .thenApply(Optional::of)
        .exceptionallyCompose(
            failure -> {
              Throwable cause =
                  failure instanceof CompletionException ? failure.getCause() : failure;
              return cause instanceof RedisFullException
                  ? CompletableFuture.completedFuture(Optional.empty())
                  : CompletableFuture.failedFuture(failure);
            });
  }

  @Override
  public CompletableFuture<Optional<FeedSnapshot>> feedSnapshot(long userId) {
    Pipeline batch = new Pipeline();
    RedisReply<byte[]> packed =
        batch.add(
            GET,
            new ValueOutput<>(ByteArrayCodec.INSTANCE),
            Pipeline.args().addKey(RedisKeys.feedSnapshot(userId)));
    return redis.send(batch).thenApply(done -> packed.found().map(FeedSnapshot::fromBytes));
  }

  @Override
  public CompletableFuture<Void> saveSnapshot(long userId, FeedSnapshot feed) {
    Pipeline batch = new Pipeline();
    batch.set(RedisKeys.feedSnapshot(userId), feed.toBytes(), settings.snapshotTtl());
    return unlessFull(redis.send(batch).thenApply(done -> true)).thenAccept(kept -> {});
  }

  @Override
  public CompletableFuture<long[]> pulledCreators() {
    Pipeline batch = new Pipeline();
    RedisReply<long[]> ids =
        batch.longs(ZRANGE, Pipeline.args().addKey(RedisKeys.creatorsPulled()).add(0).add(-1));
    return redis.send(batch).thenApply(done -> LongStream.of(ids.get()).sorted().toArray());
  }

  @Override
  public CompletableFuture<Following> following(long userId) {
    Pipeline batch = new Pipeline(2);
    ViewerKeys keys = new ViewerKeys(batch, userId, false);
    return redis.send(batch).thenApply(done -> keys.following());
  }

  @Override
  public CompletableFuture<List<VideoVisibility>> visibilities(long[] videoIds) {
    Optional<TrackingSession> tracking = redis.tracking();
    Pipeline batch = new Pipeline(2 * videoIds.length);
    List<Freshness> tracked = new ArrayList<>(videoIds.length);
    List<RedisReply<List<Object>>> fields = new ArrayList<>(videoIds.length);
    for (long videoId : videoIds) {
      tracked.add(videos.track(videoId, tracking));
      if (tracking.isPresent()) {
        batch.tracked();
      }
      CommandArgs<byte[], byte[]> args = Pipeline.args().addKey(RedisKeys.video(videoId));
      VisibilityFields.NAMES.forEach(args::add);
      fields.add(batch.add(HMGET, new ArrayOutput<>(ByteArrayCodec.INSTANCE), args));
    }
    return releaseOnFailure(redis.send(batch), tracked)
        .thenApply(
            done -> {
              List<VideoVisibility> visibilities = new ArrayList<>(fields.size());
              for (int i = 0; i < fields.size(); i++) {
                visibilities.add(VisibilityFields.parse(fields.get(i).get(), 0, tracked.get(i)));
              }
              return visibilities;
            });
  }

  private void renew(Pipeline batch, byte[] feed) {
    batch.expire(feed, Duration.ofSeconds(secondsToLive()));
  }

  /**
   * Returns a lifetime with jitter, so that not all feeds expire together, and with the renewal
   * interval added.
   */
  private long secondsToLive() {
    long seconds = settings.feedTtl().plus(settings.renewFeedAfter()).toSeconds();
    return seconds + ThreadLocalRandom.current().nextLong(1 + seconds / 10);
  }
}
