package dev.upswell.feeds.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;

/** Reads an answer of values that begin with an 8-byte big-endian number, such as an outbox. */
final class LongsOutput extends CommandOutput<byte[], byte[], long[]> {
  private int size;

  LongsOutput() {
    super(ByteArrayCodec.INSTANCE, new long[0]);
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
