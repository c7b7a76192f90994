package dev.upswell.feeds.redis;

import static io.lettuce.core.protocol.CommandType.MGET;
import static io.lettuce.core.protocol.CommandType.ZRANGE;

import dev.upswell.contract.redis.Following;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.pipeline.RedisReply;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ValueListOutput;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Following, tombstones and warm epoch of a user; all keys are in one slot. */
final class ViewerKeys {
  private final RedisReply<long[]> parted;
  private final RedisReply<List<byte[]>> values;

  /**
   * Adds the commands.
   *
   * @param tracked whether Redis tracks the keys
   */
  ViewerKeys(Pipeline batch, long userId, boolean tracked) {
    if (tracked) {
      batch.tracked();
    }
    // Read before the following. A creator who is followed again in between may be missing, but
    // never superfluous.
    parted =
        batch.longs(ZRANGE, Pipeline.args().addKey(RedisKeys.tombstones(userId)).add(0).add(-1));
    if (tracked) {
      batch.tracked();
    }
    values =
        batch.add(
            MGET,
            new ValueListOutput<>(ByteArrayCodec.INSTANCE),
            Pipeline.args().addKey(RedisKeys.following(userId)).addKey(RedisKeys.warm(userId)));
  }

  Following following() {
    byte @Nullable [] packed = values.get().get(0);
    Following all = packed == null ? Following.NONE : Following.fromBytes(packed);
    return all.without(parted.get());
  }

  long warmEpoch() {
    byte @Nullable [] packed = values.get().get(1);
    return packed == null ? 0 : ByteBuffer.wrap(packed).getLong();
  }
}
