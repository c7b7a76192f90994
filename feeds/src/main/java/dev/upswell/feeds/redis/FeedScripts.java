package dev.upswell.feeds.redis;

import java.nio.charset.StandardCharsets;

/**
 * Scripts for steps that read and write atomically. Each uses one key and is for rare cases, such
 * as an absent or overlong list. Pushes never run a script.
 */
final class FeedScripts {
  /** KEYS feed; ARGV seconds to live, marker. Answers with the last entry. */
  static final byte[] PLACE_MARKER =
      script(
          """
          if redis.call('EXISTS', KEYS[1]) == 0 then
            redis.call('RPUSH', KEYS[1], ARGV[2])
            redis.call('EXPIRE', KEYS[1], ARGV[1])
          end
          return redis.call('LINDEX', KEYS[1], -1)
          """);

  // Lua passes at most about 8,000 values at once.
  private static final String APPEND =
      """
      for from = 3, #ARGV, 1000 do
        redis.call('RPUSH', KEYS[1], unpack(ARGV, from, math.min(from + 999, #ARGV)))
      end
      redis.call('EXPIRE', KEYS[1], ARGV[1])
      return 1
      """;

  /** KEYS feed; ARGV seconds to live, marker, entries. Answers 1 if done. */
  static final byte[] FINISH =
      script(
          """
          if redis.call('LINDEX', KEYS[1], -1) ~= ARGV[2] then
            return 0
          end
          redis.call('RPOP', KEYS[1])
          """
              + APPEND);

  /** KEYS feed; ARGV lifetime in seconds, packed list as read, entries. Returns 1 if done. */
  static final byte[] COMPACT =
      script(
          """
          local seen = #ARGV[2] / 16
          if table.concat(redis.call('LRANGE', KEYS[1], -seen, -1)) ~= ARGV[2] then
            return 0
          end
          redis.call('LTRIM', KEYS[1], 0, -seen - 1)
          """
              + APPEND);

  /**
   * KEYS video; ARGV lifetime in seconds, time of the record, creator, first publication, then
   * fields and values. Records are read again after a failure, so an older record must not make a
   * video public again. Of two creators the one that published first has the video.
   */
  static final byte[] WRITE_VIDEO =
      script(
          """
          local old = redis.call('HMGET', KEYS[1], 'at', 'creatorId', 'publishedAt')
          local newer = not old[2] or tonumber(old[1]) <= tonumber(ARGV[2])
          if old[2] and old[2] ~= ARGV[3] then
            newer = tonumber(old[3]) >= tonumber(ARGV[4])
          end
          if newer then
            redis.call('HSET', KEYS[1], 'at', ARGV[2], 'creatorId', ARGV[3],
              'publishedAt', ARGV[4], unpack(ARGV, 5))
          end
          return redis.call('EXPIRE', KEYS[1], ARGV[1])
          """);

  /** KEYS a ZSET; ARGV score, member. Removes the member unless its score is higher. */
  static final byte[] REMOVE_UP_TO =
      script(
          """
          if tonumber(redis.call('ZSCORE', KEYS[1], ARGV[2]) or 0) > tonumber(ARGV[1]) then
            return 0
          end
          return redis.call('ZREM', KEYS[1], ARGV[2])
          """);

  /** KEYS pulled creators; ARGV since, creator. Answers 1 if it was still so. */
  static final byte[] RELEASE =
      script(
          """
          if tonumber(redis.call('ZSCORE', KEYS[1], ARGV[2]) or 0) ~= tonumber(ARGV[1]) then
            return 0
          end
          return redis.call('ZREM', KEYS[1], ARGV[2])
          """);

  private FeedScripts() {}

  private static byte[] script(String lua) {
    return lua.getBytes(StandardCharsets.UTF_8);
  }
}
