package dev.upswell.contract.redis;

import java.nio.charset.StandardCharsets;

/**
 * The keys in Redis: a kind, then the id as a hash tag, such as {@code feed:{42}}.
 *
 * <p>The braces are part of the key. They put all keys of one user (feed, following, warm) into one
 * slot of a cluster, so that one command or script may touch several of them.
 */
public final class RedisKeys {
  private static final byte[] FEED = prefix("feed:{");
  private static final byte[] OUTBOX = prefix("outbox:{");
  private static final byte[] FOLLOWING = prefix("following:{");
  private static final byte[] WARM = prefix("warm:{");
  private static final byte[] VIDEO = prefix("video:{");

  private RedisKeys() {}

  /** LIST of {@link FeedEntry}: what was pushed to a user, newest first. */
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
   * STRING of 8 bytes: the epoch of {@link Following} that all audiences know of. Only while both
   * are equal is the user's feed complete.
   */
  public static byte[] warm(long userId) {
    return key(WARM, userId);
  }

  /** HASH: what is known of a video; see {@link VideoFields}. */
  public static byte[] video(long videoId) {
    return key(VIDEO, videoId);
  }

  private static byte[] prefix(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  // Digits are written by hand: a fan-out makes millions of these keys, and a String with its
  // encoding would triple what each allocates.
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
