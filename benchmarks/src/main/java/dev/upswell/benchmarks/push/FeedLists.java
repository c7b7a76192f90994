package dev.upswell.benchmarks.push;

import static io.lettuce.core.protocol.CommandType.LTRIM;
import static io.lettuce.core.protocol.CommandType.MEMORY;
import static io.lettuce.core.protocol.CommandType.RPUSH;
import static io.lettuce.core.protocol.CommandType.ZADD;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.pipeline.RedisReply;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ObjIntConsumer;

/** The lists that are pushed to: of 1 to 500 entries, each length as often as any other. */
final class FeedLists {
  static final int LISTS = 100_000;
  static final int MOST_ENTRIES = 500;
  static final byte[] ENTRY = new FeedEntry(0x0123_4567_89AB_CDEFL, 2_000_000_001L).toBytes();
  static final Duration TTL = Duration.ofDays(7);

  private static final long FIRST_USER = 1_000_000_001;
  private static final int COMMANDS_AT_ONCE = 1_000;

  private final RedisConnection redis;

  FeedLists(RedisConnection redis) {
    this.redis = redis;
  }

  /** The users in an order in which neighbours have nothing in common, cut into blocks. */
  static long[][] blocks(int size) {
    List<Long> users = new ArrayList<>();
    for (int i = 0; i < LISTS; i++) {
      users.add(FIRST_USER + i);
    }
    Collections.shuffle(users, new Random(1));
    long[][] blocks = new long[LISTS / size][size];
    for (int i = 0; i < blocks.length * size; i++) {
      blocks[i / size][i % size] = users.get(i);
    }
    return blocks;
  }

  private static int entries(int index) {
    return 1 + index % MOST_ENTRIES;
  }

  void fill() {
    each((batch, i) -> batch.integer(RPUSH, entries(RedisKeys.feed(FIRST_USER + i), entries(i))));
  }

  private static CommandArgs<byte[], byte[]> entries(byte[] key, int count) {
    CommandArgs<byte[], byte[]> args = Pipeline.args().addKey(key);
    for (int i = 0; i < count; i++) {
      args.addValue(new FeedEntry(0x0123_4567_89AB_0000L + i, 2_000_000_001L + i % 300).toBytes());
    }
    return args;
  }

  /** Cuts every list back to its first length. */
  void trim() {
    each(
        (batch, i) ->
            batch.add(
                LTRIM,
                new StatusOutput<>(ByteArrayCodec.INSTANCE),
                Pipeline.args().addKey(RedisKeys.feed(FIRST_USER + i)).add(0).add(entries(i) - 1)));
  }

  private void each(ObjIntConsumer<Pipeline> command) {
    for (int from = 0; from < LISTS; from += COMMANDS_AT_ONCE) {
      Pipeline batch = new Pipeline(COMMANDS_AT_ONCE);
      for (int i = from; i < from + COMMANDS_AT_ONCE; i++) {
        command.accept(batch, i);
      }
      redis.send(batch).join();
    }
  }

  /** Bytes that Redis needs for a full feed as a LIST of entries. */
  double listBytes() {
    byte[] key = RedisKeys.feed(1);
    Pipeline batch = new Pipeline();
    batch.integer(RPUSH, entries(key, MOST_ENTRIES));
    return bytes(batch, key);
  }

  /** The same as a ZSET of the same entries by time. */
  double sortedSetBytes() {
    byte[] key = RedisKeys.feed(2);
    CommandArgs<byte[], byte[]> args = Pipeline.args().addKey(key);
    for (int i = 0; i < MOST_ENTRIES; i++) {
      args.add(1_700_000_000_000L + i)
          .addValue(new FeedEntry(0x0123_4567_89AB_0000L + i, 2_000_000_001L + i % 300).toBytes());
    }
    Pipeline batch = new Pipeline();
    batch.integer(ZADD, args);
    return bytes(batch, key);
  }

  private double bytes(Pipeline batch, byte[] key) {
    RedisReply<Long> bytes =
        batch.integer(MEMORY, Pipeline.args().add("USAGE").addKey(key).add("SAMPLES").add(0));
    batch.del(key);
    redis.send(batch).join();
    return bytes.get().doubleValue();
  }
}
