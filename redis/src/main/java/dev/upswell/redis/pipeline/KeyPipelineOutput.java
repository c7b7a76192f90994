package dev.upswell.redis.pipeline;

import dev.upswell.redis.RedisUnavailableException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the replies to a {@link KeyPipeline} one by one. Used only by the connection's thread
 * until the last one.
 *
 * <p>An unexpected reply is stored and never thrown, because later replies must still be counted.
 * Otherwise they would be matched to the next commands.
 */
final class KeyPipelineOutput extends CommandOutput<byte[], byte[], long[]>
    implements InFlightPipeline {
  private final KeyPipeline batch;
  private final long[] integers;
  private int awaited;
  private int place;
  private boolean atExpiry;
  private long integer;
  private boolean atRefusal;
  private int refused;
  private @Nullable String firstRefusal;
  private boolean redirected;

  KeyPipelineOutput(KeyPipeline batch) {
    super(ByteArrayCodec.INSTANCE, new long[batch.size()]);
    this.batch = batch;
    this.integers = get();
    this.awaited = batch.replies();
  }

  @Override
  public ProtocolKeyword type() {
    return batch.type();
  }

  @Override
  public int size() {
    return batch.replies();
  }

  @Override
  public String name() {
    return "%s of %d keys".formatted(batch.type(), batch.size());
  }

  @Override
  public void writeTo(ByteBuf out) {
    batch.writeTo(out);
  }

  @Override
  public boolean isComplete() {
    return awaited == 0;
  }

  /** Returns whether a key belongs to another cluster node. */
  boolean isRedirected() {
    return redirected;
  }

  @Override
  public Optional<RedisUnavailableException> refusal() {
    return Optional.ofNullable(firstRefusal)
        .map(first -> refused == 1 ? first : first + " (and " + (refused - 1) + " more)")
        .map(all -> new RedisUnavailableException("Redis rejected " + all));
  }

  @Override
  public boolean decodeFrom(ByteBuf in) {
    int begin = in.readerIndex();
    int at = begin;
    while (awaited > 0) {
      int next = decodeInteger(in, at);
      if (next == at) {
        break;
      }
      at = next;
    }
    in.readerIndex(at);
    return at > begin;
  }

  @Override
  public CommandOutput<byte[], byte[], ?> next() {
    return this;
  }

  private int decodeInteger(ByteBuf in, int begin) {
    int end = in.writerIndex();
    if (begin == end || in.getByte(begin) != ':') {
      return begin;
    }
    long value = 0;
    int at = begin + 1;
    while (at < end) {
      int digit = in.getByte(at) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      value = value * 10 + digit;
      at++;
    }
    if (end - at < 2 || in.getByte(at) != '\r') {
      return begin;
    }
    set(value);
    decoded();
    return at + 2;
  }

  @Override
  public void set(long value) {
    integer = value;
  }

  @Override
  public void set(@Nullable ByteBuffer text) {
    refuse("answered with a text");
  }

  @Override
  public void set(double number) {
    refuse("answered with a fraction");
  }

  @Override
  public void set(boolean value) {
    refuse("answered with a boolean");
  }

  @Override
  public void setError(ByteBuffer error) {
    String text = decodeString(error);
    redirected |= text.startsWith("MOVED ") || text.startsWith("ASK ");
    refuse(text);
  }

  @Override
  public void multi(int count) {
    refuse("answered with a list");
  }

  private void refuse(String why) {
    if (atRefusal) {
      return; // The elements of a list count once.
    }
    atRefusal = true;
    refused++;
    if (firstRefusal == null) {
      String name = atExpiry ? "EXPIRE" : batch.type().name();
      String key = new String(batch.key(place), StandardCharsets.UTF_8);
      firstRefusal = name + " " + key + ": " + why;
    }
  }

  @Override
  public void decoded() {
    awaited--;
    if (atExpiry) {
      atExpiry = false;
      place++;
    } else {
      integers[place] = integer;
      atExpiry = batch.expires(place);
      if (!atExpiry) {
        place++;
      }
    }
    integer = 0;
    atRefusal = false;
  }
}
