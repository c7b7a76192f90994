package dev.upswell.feeds.redis;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.feeds.FeedSettings;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.command.IdKeyFormat;
import dev.upswell.redis.pipeline.KeyPipeline;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;

/**
 * The hot path: one video for a thousand feeds, as one write.
 *
 * <p>A push renews the life of one feed in eight only, chosen by ids so that each has its turn:
 * {@code EXPIRE} costs Redis as much as the push, and a feed that is pushed to often enough to be
 * worth keeping is renewed soon, at the latest by its reader. Thread-safe.
 */
public final class FeedPushWriter {
  static final IdKeyFormat FEEDS = new IdKeyFormat("feed:{", "}");

  /** A power of two. */
  private static final int RENEW_ONE_IN = 8;

  private final RedisConnection redis;
  private final FeedSettings settings;
  private final Duration ttl;

  /** Pushes on a connection, which stays the caller's to close. */
  public FeedPushWriter(RedisConnection redis, FeedSettings settings) {
    this.redis = redis;
    this.settings = settings;
    this.ttl = settings.feedTtl();
  }

  /**
   * Puts a video in front of those of the feeds that exist.
   *
   * @param userIds positive; not copied
   * @return how many those were; fails as {@link RedisConnection#send(KeyPipeline)} does
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

  /** Whether a push also renews the life of the feed: every eighth does. */
  public static boolean renews(long videoId, long userId) {
    return ((mixed(videoId) + userId) & (RENEW_ONE_IN - 1)) == 0;
  }

  /** The last bits of ids count videos of a millisecond and are mostly the same. */
  private static long mixed(long videoId) {
    return (videoId * 0x9E3779B97F4A7C15L) >>> 40;
  }

  private int found(long[] userIds, long[] lengths) {
    int found = 0;
    int overgrown = 0;
    for (long length : lengths) {
      found += length > 0 ? 1 : 0;
      overgrown += length > settings.dropAbove() ? 1 : 0;
    }
    if (overgrown > 0) {
      // Nobody waits for it: a feed that stays too long is found again by the next push.
      var unused = redis.send(KeyPipeline.delete(FEEDS, overgrown(userIds, lengths, overgrown)));
    }
    return found;
  }

  /**
   * The feeds that a push found too long, to be dropped.
   *
   * <p>A list is never trimmed by place: pushes come late and repeated, so the last in the list
   * need not be the oldest, and a list that lost one in the middle looks whole. Readers, who see
   * the ids, shorten it; a feed that nobody read for so long is built anew by the next reader.
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
   * Drops feeds.
   *
   * @return how many there were
   */
  public CompletableFuture<Integer> drop(long[] userIds) {
    return redis
        .send(KeyPipeline.delete(FEEDS, userIds))
        .thenApply(dropped -> (int) Arrays.stream(dropped).sum());
  }
}
