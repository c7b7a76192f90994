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
 * Redis commands of the job.
 *
 * @param ttl lifetime of a list without an update
 */
record TrendingCommands(Duration ttl) implements Serializable {
  /**
   * KEYS trending; ARGV lifetime in seconds, packed lists. A replay of the log must not overwrite
   * newer lists.
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
