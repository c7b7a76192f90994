package dev.upswell.redis.command;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * Decodes an array of values that begin with an 8-byte big-endian number, such as an outbox.
 *
 * <p>A complete reply is decoded in place. The general decoder, which handles partial replies,
 * takes several times as long for the thousand replies of a page.
 */
public final class LongArrayOutput extends CommandOutput<byte[], byte[], long[]> {
  /** {@code $8}, CR LF, eight bytes, CR LF. */
  private static final int LEAST_MEMBER_BYTES = 14;

  private static final int LONGEST_NUMBER = 9;

  private int size;

  public LongArrayOutput() {
    super(ByteArrayCodec.INSTANCE, new long[0]);
  }

  /**
   * Decodes the reply at the head of the buffer.
   *
   * @return whether it did; if not, nothing is consumed, and the general decoder takes over
   */
  public boolean decodeFrom(ByteBuf in) {
    int end = in.writerIndex();
    int at = in.readerIndex();
    int count = number(in, at, end, '*');
    if (count < 0 || (long) count * LEAST_MEMBER_BYTES > end - at) {
      return false;
    }
    at = next(in, at);
    long[] members = new long[count];
    for (int i = 0; i < count; i++) {
      int length = number(in, at, end, '$');
      if (length < Long.BYTES) {
        return false;
      }
      at = next(in, at);
      if (end - at < length + 2) {
        return false;
      }
      members[i] = in.getLong(at);
      at += length + 2;
    }
    in.readerIndex(at);
    output = members;
    return true;
  }

  /**
   * Returns the number of a line of this kind; negative for another kind, or an incomplete line.
   */
  private static int number(ByteBuf in, int begin, int end, char kind) {
    if (begin >= end || in.getByte(begin) != kind) {
      return -1;
    }
    int value = 0;
    int at = begin + 1;
    for (; at < end; at++) {
      int digit = in.getByte(at) - '0';
      if (digit < 0 || digit > 9 || at - begin > LONGEST_NUMBER) {
        break;
      }
      value = value * 10 + digit;
    }
    return at > begin + 1 && end - at >= 2 && in.getByte(at) == '\r' ? value : -1;
  }

  /** Returns the start of the line after that of a number. */
  private static int next(ByteBuf in, int begin) {
    int at = begin + 1;
    while (in.getByte(at) != '\r') {
      at++;
    }
    return at + 2;
  }

  @Override
  public void multi(int count) {
    if (count > 0) {
      output = new long[count];
    }
  }

  @Override
  public void set(ByteBuffer member) {
    if (member.remaining() < Long.BYTES) {
      setError("member: " + member.remaining() + " bytes (expected: " + Long.BYTES + " or more)");
      return;
    }
    output[size++] = member.getLong();
  }
}
