package dev.upswell.feeds.redis;

import dev.upswell.contract.Hash64;
import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.feeds.FeedOptions;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.command.IdKeyFormat;
import dev.upswell.redis.pipeline.KeyPipeline;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;

/**
 * Pushes one video to a thousand feeds in one write. This is the hot path.
 *
 * <p>A push renews the lifetime of every eighth feed only, chosen by id so that each has its turn.
 * {@code EXPIRE} costs Redis as much as the push, and an active feed is renewed soon, at the latest
 * by its reader. Thread-safe.
 */
public final class FeedPushWriter {
  static final IdKeyFormat FEEDS = new IdKeyFormat("feed:{", "}");

  /** A power of two. */
  private static final int RENEW_ONE_IN = 8;

  private final RedisConnection redis;
  private final FeedOptions settings;
  private final Duration ttl;

  /** Pushes on a connection, which stays the caller's to close. */
  public FeedPushWriter(RedisConnection redis, FeedOptions settings) {
    this.redis = redis;
    this.settings = settings;
    this.ttl = settings.feedTtl();
  }

  /**
   * Pushes a video to the existing feeds.
   *
   * @param userIds positive; not copied
   * @return number of existing feeds; fails like {@link RedisConnection#send(KeyPipeline)}
   */
  public CompletableFuture<Integer> push(long videoId, long creatorId, long[] userIds) {
    byte[] entry = new FeedEntry(videoId, creatorId).toBytes();
    BitSet renewed = new BitSet(userIds.length);
    for (int i = 0; i < userIds.length; i++) {
      if (renews(videoId, userIds[i])) {
        renewed.set(i);
      }
    }
    return redis
        .send(KeyPipeline.pushIfPresent(FEEDS, userIds, entry, renewed, ttl))
        .thenApply(lengths -> found(userIds, lengths));
  }

  /** Returns whether a push also renews the lifetime of the feed; every eighth does. */
  public static boolean renews(long videoId, long userId) {
    return ((mixed(videoId) + userId) & (RENEW_ONE_IN - 1)) == 0;
  }

  /** The last bits of ids count videos of a millisecond and are mostly the same. */
  private static long mixed(long videoId) {
    return Hash64.spread(videoId) >>> 40;
  }

  private int found(long[] userIds, long[] lengths) {
    int found = 0;
    int overgrown = 0;
    for (long length : lengths) {
      found += length > 0 ? 1 : 0;
      overgrown += length > settings.dropAbove() ? 1 : 0;
    }
    if (overgrown > 0) {
      // The result is ignored; the next push detects the same list again.
      var unused = redis.send(KeyPipeline.delete(FEEDS, overgrown(userIds, lengths, overgrown)));
    }
    return found;
  }

  /**
   * Returns the feeds that are too long, to be deleted.
   *
   * <p>A list is never trimmed by position. Pushes may be late and repeated, so the last entry need
   * not be the oldest video, and a gap would be undetectable. Readers compact by id. A feed without
   * reads for so long is computed again by its next reader.
   */
  private long[] overgrown(long[] userIds, long[] lengths, int count) {
    long[] overgrown = new long[count];
    int size = 0;
    for (int i = 0; i < userIds.length; i++) {
      if (lengths[i] > settings.dropAbove()) {
        overgrown[size++] = userIds[i];
      }
    }
    return Arrays.copyOf(overgrown, size);
  }

  /**
   * Deletes feeds.
   *
   * @return number of existing feeds
   */
  public CompletableFuture<Integer> drop(long[] userIds) {
    return redis
        .send(KeyPipeline.delete(FEEDS, userIds))
        .thenApply(dropped -> (int) Arrays.stream(dropped).sum());
  }
}
