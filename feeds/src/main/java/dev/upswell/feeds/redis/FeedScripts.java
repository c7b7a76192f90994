package dev.upswell.feeds.redis;

import java.nio.charset.StandardCharsets;

/**
 * The steps that have to look and write at once. Each touches one key, and is only for reads that
 * found no list or one grown too long; pushes never run a script.
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

  /** KEYS feed; ARGV seconds to live, what was seen packed in one, entries. Answers 1 if done. */
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

  private FeedScripts() {}

  private static byte[] script(String lua) {
    return lua.getBytes(StandardCharsets.UTF_8);
  }
}
