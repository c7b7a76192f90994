package dev.upswell.feeds.redis;

import static io.lettuce.core.protocol.CommandType.ZCARD;
import static io.lettuce.core.protocol.CommandType.ZREVRANGEBYSCORE;

import dev.upswell.contract.VideoIds;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.feeds.store.OutboxPage;
import dev.upswell.feeds.store.OutboxRequest;
import dev.upswell.redis.command.IdKeyFormat;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.pipeline.RedisReply;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Redis commands that read outboxes. */
final class OutboxRangeReader {
  static final IdKeyFormat OUTBOXES = new IdKeyFormat("outbox:{", "}");

  private OutboxRangeReader() {}

  /** Adds the commands to a pipeline. The result is available after its replies. */
  static Supplier<OutboxPage> of(Pipeline batch, OutboxRequest request) {
    return request.isRanked() ? byRank(batch, request) : byId(batch, request);
  }

  private static Supplier<OutboxPage> byRank(Pipeline batch, OutboxRequest request) {
    RedisReply<long[]> found =
        batch.highest(OUTBOXES, request.creatorId(), request.rank(), request.count());
    return () -> {
      long[] ids = found.get();
      int known = 0;
      while (known < ids.length && ids[known] >= request.below()) {
        known++;
      }
      return new OutboxPage(
          request.creatorId(),
          known == 0 ? ids : Arrays.copyOfRange(ids, known, ids.length),
          ids.length < request.count(),
          request.rank() + ids.length);
    };
  }

  // Scores are milliseconds, so those of the same millisecond are read apart and compared by id.
  private static Supplier<OutboxPage> byId(Pipeline batch, OutboxRequest request) {
    String millis = Long.toString(VideoIds.millisOf(request.below()));
    RedisReply<long[]> sameTime = range(batch, request, millis, millis, Integer.MAX_VALUE);
    RedisReply<long[]> before = range(batch, request, "(" + millis, "-inf", request.count());
    RedisReply<Long> size =
        batch.integer(ZCARD, Pipeline.args().addKey(RedisKeys.outbox(request.creatorId())));
    return () -> {
      long[] ids =
          LongStream.concat(
                  LongStream.of(sameTime.get()).filter(id -> id < request.below()),
                  LongStream.of(before.get()))
              .limit(request.count() + 1L)
              .toArray();
      boolean exhausted = ids.length <= request.count() && before.get().length < request.count();
      return new OutboxPage(
          request.creatorId(),
          Arrays.copyOf(ids, Math.min(ids.length, request.count())),
          exhausted,
          size.get().intValue());
    };
  }

  private static RedisReply<long[]> range(
      Pipeline batch, OutboxRequest request, String max, String min, int count) {
    return batch.longs(
        ZREVRANGEBYSCORE,
        Pipeline.args()
            .addKey(RedisKeys.outbox(request.creatorId()))
            .add(max)
            .add(min)
            .add("LIMIT")
            .add(0)
            .add(count));
  }
}
