package dev.upswell.viral;

import static io.lettuce.core.protocol.CommandType.EVAL;

import dev.upswell.contract.events.TierOverview;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.runtime.redis.RedisCommandEncoder.AfterWrite;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Redis commands of the job.
 *
 * @param ttl lifetime of a value without an update
 */
record ViralCommands(Duration ttl) implements Serializable {
  /**
   * KEYS tier; ARGV lifetime in seconds, packed tier. A replay of the log must not overwrite a
   * later decision. Tier changes are rare, so the script is cheap.
   */
  private static final byte[] PLACE =
      """
      local known = redis.call('GET', KEYS[1])
      if known and struct.unpack('>i8', known) > struct.unpack('>i8', ARGV[2]) then
        return 0
      end
      redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[1])
      return 1
      """
          .getBytes(StandardCharsets.UTF_8);

  AfterWrite update(TierUpdate update, Pipeline batch) {
    if (update instanceof TierUpdate.ActiveVideo active) {
      if (active.views().views() == 0) {
        batch.del(RedisKeys.views(active.videoId()));
      } else {
        batch.set(RedisKeys.views(active.videoId()), active.views().toBytes(), ttl);
      }
    } else if (update instanceof TierUpdate.Assigned placed) {
      batch.integer(
          EVAL,
          Pipeline.args()
              .add(PLACE)
              .add(1)
              .addKey(RedisKeys.tier(placed.videoId()))
              .add(ttl.toSeconds())
              .addValue(placed.assignment().toBytes()));
    }
    return AfterWrite.NOTHING;
  }

  AfterWrite overview(TierOverview overview, Pipeline batch) {
    batch.set(RedisKeys.tiers(), overview.toByteArray());
    return AfterWrite.NOTHING;
  }
}
