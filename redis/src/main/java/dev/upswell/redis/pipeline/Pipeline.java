package dev.upswell.redis.pipeline;

import static io.lettuce.core.protocol.CommandType.CLIENT;
import static io.lettuce.core.protocol.CommandType.DEL;
import static io.lettuce.core.protocol.CommandType.EXPIRE;
import static io.lettuce.core.protocol.CommandType.GET;
import static io.lettuce.core.protocol.CommandType.LPUSHX;
import static io.lettuce.core.protocol.CommandType.SET;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.command.IdKeyFormat;
import dev.upswell.redis.command.LongArrayOutput;
import dev.upswell.redis.command.ZRevRangeCommand;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands that are sent together and answered together.
 *
 * <p>One future for the whole batch: a future for each command, with its callbacks, costs more than
 * the command. Filled by one thread, sent once.
 */
public final class Pipeline {
  private static final byte[] CACHING = "CACHING".getBytes(US_ASCII);
  private static final byte[] YES = "YES".getBytes(US_ASCII);

  private final List<Command<byte[], byte[], ?>> commands;

  /** An empty batch. */
  public Pipeline() {
    this(16);
  }

  /** An empty batch with room for some commands. */
  public Pipeline(int capacity) {
    this.commands = new ArrayList<>(capacity);
  }

  /** Arguments for {@link #add}. */
  public static CommandArgs<byte[], byte[]> args() {
    return new CommandArgs<>(ByteArrayCodec.INSTANCE);
  }

  /** Adds any command. */
  public <T> RedisReply<T> add(
      ProtocolKeyword name,
      CommandOutput<byte[], byte[], T> output,
      CommandArgs<byte[], byte[]> args) {
    return add(new Command<>(name, output, args));
  }

  private <T> RedisReply<T> add(Command<byte[], byte[], T> command) {
    commands.add(command);
    return new RedisReply<>(command.getOutput());
  }

  /**
   * Marks the next command as tracked, so that Redis sends an invalidation for its keys. Only for
   * connections with tracking ({@link RedisConnection#tracking}); others reject it.
   */
  public void tracked() {
    add(CLIENT, new StatusOutput<>(ByteArrayCodec.INSTANCE), args().add(CACHING).add(YES));
  }

  /** Adds a command that answers with a number. */
  public RedisReply<Long> integer(ProtocolKeyword name, CommandArgs<byte[], byte[]> args) {
    return add(name, new IntegerOutput<>(ByteArrayCodec.INSTANCE), args);
  }

  /**
   * Adds a command whose reply is an array of values that begin with an 8-byte big-endian number.
   * The result is these numbers, empty for an absent key.
   */
  public RedisReply<long[]> longs(ProtocolKeyword name, CommandArgs<byte[], byte[]> args) {
    return add(name, new LongArrayOutput(), args);
  }

  /**
   * Adds {@code ZREVRANGE key from from+count-1}; the members have to be as for {@link #longs}.
   *
   * @param id positive
   * @param from place of the first, the highest has 0
   * @param count most members; positive
   */
  public RedisReply<long[]> highest(IdKeyFormat keys, long id, int from, int count) {
    return add(new ZRevRangeCommand(keys, id, from, count));
  }

  /** Adds {@code GET key}; no answer if there is no such key. */
  public RedisReply<byte[]> get(byte[] key) {
    return add(GET, new ValueOutput<>(ByteArrayCodec.INSTANCE), args().addKey(key));
  }

  /** Adds {@code SET key value}. */
  public RedisReply<String> set(byte[] key, byte[] value) {
    return add(
        SET, new StatusOutput<>(ByteArrayCodec.INSTANCE), args().addKey(key).addValue(value));
  }

  /** Adds {@code SET key value EX seconds}; parts of a second are dropped. */
  public RedisReply<String> set(byte[] key, byte[] value, Duration ttl) {
    return add(
        SET,
        new StatusOutput<>(ByteArrayCodec.INSTANCE),
        args().addKey(key).addValue(value).add("EX").add(ttl.toSeconds()));
  }

  /** Adds {@code DEL key}; the answer is 1 if the key was there. */
  public RedisReply<Long> del(byte[] key) {
    return integer(DEL, args().addKey(key));
  }

  /** Adds {@code LPUSHX key value}; the answer is the new length, 0 if there is no such list. */
  public RedisReply<Long> pushIfPresent(byte[] key, byte[] value) {
    return integer(LPUSHX, args().addKey(key).addValue(value));
  }

  /** Adds {@code EXPIRE key seconds}; parts of a second are dropped. */
  public RedisReply<Long> expire(byte[] key, Duration ttl) {
    return integer(EXPIRE, args().addKey(key).add(ttl.toSeconds()));
  }

  /** Number of commands. */
  public int size() {
    return commands.size();
  }

  List<Command<byte[], byte[], ?>> commands() {
    return commands;
  }
}
