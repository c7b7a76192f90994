package dev.upswell.redis;

import static io.lettuce.core.protocol.CommandType.FLUSHALL;
import static io.lettuce.core.protocol.CommandType.LLEN;
import static io.lettuce.core.protocol.CommandType.RPUSH;
import static io.lettuce.core.protocol.CommandType.TTL;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;

/** Lists by id for tests: written and looked at with single commands. */
final class Feeds {
  static final IdKeys KEYS = new IdKeys("feed:{", "}");
  static final byte[] ENTRY = "0123456789abcdef".getBytes(US_ASCII);

  private final RedisConnection redis;

  Feeds(RedisConnection redis) {
    this.redis = redis;
  }

  /** The ids from 1 to n. */
  static long[] ids(int n) {
    return LongStream.rangeClosed(1, n).toArray();
  }

  static KeyBatch pushTo(long... ids) {
    return KeyBatch.pushIfPresent(KEYS, ids, ENTRY);
  }

  void clear() {
    RedisBatch batch = new RedisBatch();
    batch.add(FLUSHALL, new StatusOutput<>(ByteArrayCodec.INSTANCE), RedisBatch.args());
    redis.send(batch).join();
  }

  /** Makes lists of so many entries; of none where it says 0. */
  void fill(long[] ids, LongUnaryOperator entries) {
    RedisBatch batch = new RedisBatch();
    for (long id : ids) {
      for (long i = 0; i < entries.applyAsLong(id); i++) {
        batch.integer(RPUSH, RedisBatch.args().addKey(KEYS.of(id)).addValue(ENTRY));
      }
    }
    redis.send(batch).join();
  }

  /** Makes something that is no list. */
  void spoil(long id) {
    RedisBatch batch = new RedisBatch();
    batch.set(KEYS.of(id), ENTRY);
    redis.send(batch).join();
  }

  long[] lengths(long[] ids) {
    return each(LLEN, ids);
  }

  /** Seconds to live; -1 without a limit, -2 without a key. */
  long[] ttl(long[] ids) {
    return each(TTL, ids);
  }

  private long[] each(ProtocolKeyword command, long[] ids) {
    RedisBatch batch = new RedisBatch();
    List<RedisReply<Long>> replies = new ArrayList<>();
    for (long id : ids) {
      replies.add(batch.integer(command, RedisBatch.args().addKey(KEYS.of(id))));
    }
    redis.send(batch).join();
    return replies.stream().mapToLong(RedisReply::get).toArray();
  }
}
