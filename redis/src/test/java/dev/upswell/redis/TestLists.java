package dev.upswell.redis;

import static io.lettuce.core.protocol.CommandType.FLUSHALL;
import static io.lettuce.core.protocol.CommandType.LLEN;
import static io.lettuce.core.protocol.CommandType.RPUSH;
import static io.lettuce.core.protocol.CommandType.TTL;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.upswell.redis.command.IdKeyFormat;
import dev.upswell.redis.pipeline.KeyPipeline;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.pipeline.RedisReply;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;

/** Lists by id for tests, written and read with single commands. */
public final class TestLists {
  public static final IdKeyFormat KEYS = new IdKeyFormat("feed:{", "}");
  public static final byte[] ENTRY = "0123456789abcdef".getBytes(US_ASCII);

  private final RedisConnection redis;

  public TestLists(RedisConnection redis) {
    this.redis = redis;
  }

  /** The ids from 1 to n. */
  public static long[] ids(int n) {
    return LongStream.rangeClosed(1, n).toArray();
  }

  public static KeyPipeline pushTo(long... ids) {
    return KeyPipeline.pushIfPresent(KEYS, ids, ENTRY);
  }

  public void clear() {
    Pipeline batch = new Pipeline();
    batch.add(FLUSHALL, new StatusOutput<>(ByteArrayCodec.INSTANCE), Pipeline.args());
    redis.send(batch).join();
  }

  /** Makes lists of so many entries; of none where it says 0. */
  public void fill(long[] ids, LongUnaryOperator entries) {
    Pipeline batch = new Pipeline();
    for (long id : ids) {
      for (long i = 0; i < entries.applyAsLong(id); i++) {
        batch.integer(RPUSH, Pipeline.args().addKey(KEYS.of(id)).addValue(ENTRY));
      }
    }
    redis.send(batch).join();
  }

  /** Makes something that is no list. */
  public void spoil(long id) {
    Pipeline batch = new Pipeline();
    batch.set(KEYS.of(id), ENTRY);
    redis.send(batch).join();
  }

  public long[] lengths(long[] ids) {
    return each(LLEN, ids);
  }

  /** Seconds to live; -1 without a limit, -2 without a key. */
  public long[] ttl(long[] ids) {
    return each(TTL, ids);
  }

  private long[] each(ProtocolKeyword command, long[] ids) {
    Pipeline batch = new Pipeline();
    List<RedisReply<Long>> replies = new ArrayList<>();
    for (long id : ids) {
      replies.add(batch.integer(command, Pipeline.args().addKey(KEYS.of(id))));
    }
    redis.send(batch).join();
    return replies.stream().mapToLong(RedisReply::get).toArray();
  }
}
