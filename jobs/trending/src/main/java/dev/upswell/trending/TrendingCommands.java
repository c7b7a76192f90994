package dev.upswell.trending;

import static io.lettuce.core.protocol.CommandType.EVAL;

import dev.upswell.contract.events.TrendingList;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.contract.redis.TrendingValue;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.runtime.redis.RedisCommandEncoder.AfterWrite;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What the pipeline writes into Redis.
 *
 * @param ttl after which a list that is not said again is forgotten
 */
record TrendingCommands(Duration ttl) implements Serializable {
  /**
   * KEYS trending; ARGV seconds to live, packed lists. A job that reads the log again must not take
   * back lists that are newer.
   */
  private static final byte[] PUBLISH =
      """
      local known = redis.call('GETRANGE', KEYS[1], 0, 7)
      if #known == 8 and struct.unpack('>i8', known) > struct.unpack('>i8', ARGV[2]) then
        return 0
      end
      redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[1])
      return 1
      """
          .getBytes(StandardCharsets.UTF_8);

  AfterWrite lists(TrendingList lists, Pipeline batch) {
    batch.integer(
        EVAL,
        Pipeline.args()
            .add(PUBLISH)
            .add(1)
            .addKey(RedisKeys.trending(lists.getScope()))
            .add(ttl.toSeconds())
            .addValue(new TrendingValue(lists).toBytes()));
    return AfterWrite.NOTHING;
  }
}
