package dev.upswell.contract.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Redis keys: a kind, then the id as a hash tag, such as {@code feed:{42}}.
 *
 * <p>The braces are part of the key. They place all keys of a user in one cluster slot, so that one
 * command or script may use several.
 */
public final class RedisKeys {
  private static final byte[] FEED = prefix("feed:{");
  private static final byte[] OUTBOX = prefix("outbox:{");
  private static final byte[] FOLLOWING = prefix("following:{");
  private static final byte[] WARM = prefix("warm:{");
  private static final byte[] VIDEO = prefix("video:{");
  private static final byte[] TOMBSTONES = prefix("tombstones:{");
  private static final byte[] FEED_SNAPSHOT = prefix("feed-snapshot:{");
  private static final byte[] CREATORS_PULLED = prefix("creators:pulled");

  private static final byte[] VIEWS = prefix("views:{");
  private static final byte[] TIER = prefix("tier:{");
  private static final byte[] TIERS = prefix("tiers");

  private RedisKeys() {}

  /** LIST of {@link FeedEntry}: the feed of a user, newest first. */
  public static byte[] feed(long userId) {
    return key(FEED, userId);
  }

  /** ZSET of 8-byte video ids by publish time in Unix milliseconds: the newest of a creator. */
  public static byte[] outbox(long creatorId) {
    return key(OUTBOX, creatorId);
  }

  /** STRING: the packed {@link Following} of a user. */
  public static byte[] following(long userId) {
    return key(FOLLOWING, userId);
  }

  /**
   * STRING of 8 bytes: the epoch of {@link Following} that all audiences have acknowledged. The
   * feed is complete only while both are equal.
   */
  public static byte[] warm(long userId) {
    return key(WARM, userId);
  }

  /** HASH: data of a video; see {@link VideoFields}. */
  public static byte[] video(long videoId) {
    return key(VIDEO, videoId);
  }

  /**
   * ZSET by time in Unix milliseconds, members of 9 bytes: creator id and kind of tombstone (0 the
   * user unfollowed, 1 the user blocked, 2 the creator blocked). Videos of these creators are
   * hidden, even if {@link #following} has them, because that may be older after a failure.
   */
  public static byte[] tombstones(long userId) {
    return key(TOMBSTONES, userId);
  }

  /** STRING: packed {@link FeedSnapshot} of a pulled viewer. */
  public static byte[] feedSnapshot(long userId) {
    return key(FEED_SNAPSHOT, userId);
  }

  /**
   * ZSET of 8-byte creator ids by start, in Unix milliseconds: pulled creators, whose outboxes
   * readers merge.
   */
  public static byte[] creatorsPulled() {
    return CREATORS_PULLED.clone();
  }

  /** STRING: the packed {@link RecentViewsValue} of a video. */
  public static byte[] views(long videoId) {
    return key(VIEWS, videoId);
  }

  /** STRING: packed {@link TierValue} of a video; absent before its first promotion. */
  public static byte[] tier(long videoId) {
    return key(TIER, videoId);
  }

  /** STRING: a {@link dev.upswell.contract.events.TierOverview} in Protobuf. */
  public static byte[] tiers() {
    return TIERS.clone();
  }

  /**
   * STRING: the packed {@link TrendingValue} of a scope.
   *
   * @param scope such as {@code region:BR}
   */
  public static byte[] trending(String scope) {
    return prefix("trending:{" + scope + "}");
  }

  /** Returns whether a key is of the kind {@link #video}. */
  public static boolean isOfVideo(ByteBuffer key) {
    return startsWith(key, VIDEO);
  }

  /** Returns whether a key is of the kinds {@link #following} or {@link #tombstones}. */
  public static boolean isOfFollowing(ByteBuffer key) {
    return startsWith(key, FOLLOWING) || startsWith(key, TOMBSTONES);
  }

  private static boolean startsWith(ByteBuffer key, byte[] prefix) {
    return key.remaining() > prefix.length
        && key.slice(key.position(), prefix.length).equals(ByteBuffer.wrap(prefix));
  }

  /** Returns the id in the braces of a key; 0 for none. */
  public static long id(ByteBuffer key) {
    long id = 0;
    for (int i = key.position(); i < key.limit(); i++) {
      byte character = key.get(i);
      if (character >= '0' && character <= '9') {
        id = id * 10 + (character - '0');
      }
    }
    return id;
  }

  private static byte[] prefix(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  // Digits are written by hand, because a fan-out creates millions of keys, and a String would
  // triple the allocation.
  private static byte[] key(byte[] prefix, long id) {
    if (id <= 0) {
      throw new IllegalArgumentException("id: " + id + " (expected: a positive 63-bit integer)");
    }
    int digits = digits(id);
    byte[] key = new byte[prefix.length + digits + 1];
    System.arraycopy(prefix, 0, key, 0, prefix.length);
    key[key.length - 1] = '}';
    long rest = id;
    for (int i = key.length - 2; i >= prefix.length; i--) {
      key[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return key;
  }

  private static int digits(long id) {
    int digits = 1;
    for (long rest = id; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }
}
