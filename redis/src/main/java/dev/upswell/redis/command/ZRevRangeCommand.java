package dev.upswell.redis.command;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.netty.buffer.ByteBuf;

/**
 * {@code ZREVRANGE key from to}: members of a sorted set by rank.
 *
 * <p>By rank, not by score: Redis then knows the length of its reply in advance, which saves a
 * quarter. The command is encoded byte by byte, because a page needs a thousand of them.
 */
public final class ZRevRangeCommand extends Command<byte[], byte[], long[]> {
  private static final byte[] HEAD = "*4\r\n$9\r\nZREVRANGE\r\n".getBytes(US_ASCII);

  /** Two places with their lengths, and a line's end behind each of the three arguments. */
  private static final int TAIL_BYTES = 2 + 2 * (5 + 10 + 2);

  private final IdKeyFormat keys;
  private final long id;
  private final int from;
  private final int to;

  public ZRevRangeCommand(IdKeyFormat keys, long id, int from, int count) {
    super(CommandType.ZREVRANGE, new LongArrayOutput());
    this.keys = keys;
    this.id = IdKeyFormat.checked(id);
    this.from = from;
    this.to = from + count - 1;
  }

  /** For a cluster, where Lettuce looks for the key and writes the command. */
  @Override
  public CommandArgs<byte[], byte[]> getArgs() {
    return new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(keys.of(id)).add(from).add(to);
  }

  @Override
  public void encode(ByteBuf out) {
    byte[] argument = new byte[keys.maxArgumentBytes() + TAIL_BYTES];
    int end = lineEnd(argument, keys.writeArgument(id, argument));
    end = writePlace(from, argument, end);
    end = writePlace(to, argument, end);
    out.writeBytes(HEAD).writeBytes(argument, 0, end);
  }

  private static int writePlace(int place, byte[] into, int from) {
    into[from] = '$';
    int end = lineEnd(into, IdKeyFormat.writeDecimal(IdKeyFormat.digits(place), into, from + 1));
    return lineEnd(into, IdKeyFormat.writeDecimal(place, into, end));
  }

  private static int lineEnd(byte[] into, int from) {
    into[from] = '\r';
    into[from + 1] = '\n';
    return from + 2;
  }
}
