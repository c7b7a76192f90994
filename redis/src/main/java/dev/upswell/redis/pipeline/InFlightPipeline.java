package dev.upswell.redis.pipeline;

import dev.upswell.redis.RedisUnavailableException;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * Commands that travel to one server together, and the place for their replies, which come in the
 * order of the commands. Used by the connection's thread alone from the first reply to the last.
 */
interface InFlightPipeline {
  /** What its commands do, or the first of them. */
  ProtocolKeyword type();

  /** Number of commands, which is that of the replies. */
  int size();

  /** A name for whoever reads what went wrong. */
  String name();

  /** Writes all commands. */
  void writeTo(ByteBuf out);

  /**
   * Takes replies that stand at the head of the buffer without a detour over the general decoder.
   *
   * @return whether there was one; if not, the next reply is for the general decoder or not yet
   *     here
   */
  boolean takeFrom(ByteBuf in);

  /** Where the general decoder puts the next reply, the same until that is whole. */
  CommandOutput<byte[], byte[], ?> next();

  /** The general decoder has put the whole of a reply where it belongs. */
  void taken();

  /** Whether the last reply has come. */
  boolean isWhole();

  /** Once it is whole: what Redis refused; empty if nothing. */
  Optional<RedisUnavailableException> refusal();
}
