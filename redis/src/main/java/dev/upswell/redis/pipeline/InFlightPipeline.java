package dev.upswell.redis.pipeline;

import dev.upswell.redis.RedisUnavailableException;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * Commands in flight to one server, and their replies in order. Used only by the connection's
 * thread from the first reply on.
 */
interface InFlightPipeline {
  /** Returns the first command, for Lettuce. */
  ProtocolKeyword type();

  /** Number of commands, which is that of the replies. */
  int size();

  /** Returns a name for error messages. */
  String name();

  /** Writes all commands. */
  void writeTo(ByteBuf out);

  /**
   * Decodes replies at the head of the buffer without the general decoder.
   *
   * @return whether there was one; if not, the next reply is for the general decoder or incomplete
   */
  boolean decodeFrom(ByteBuf in);

  /**
   * Returns the output of the next reply for the general decoder; the same until that is complete.
   */
  CommandOutput<byte[], byte[], ?> next();

  /** Notes that the general decoder has completed a reply. */
  void decoded();

  /** Returns whether the last reply has arrived. */
  boolean isComplete();

  /** Returns the error reply, if any; called after the last reply. */
  Optional<RedisUnavailableException> refusal();
}
