package dev.upswell.redis.pipeline;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.protocol.DefaultEndpoint;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/**
 * Lettuce's command handler, extended by commands with many replies.
 *
 * <p>In Lettuce every command costs an object, a promise, two listeners, a buffer and a task for
 * the connection's thread. A {@link PipelineCommand} is one of them for a thousand commands: it
 * writes all of them, and the hook for the completion of the head command returns false until the
 * last reply.
 */
public final class PipelineHandler extends CommandHandler {
  /** Whether the general decoder is within a reply and must receive the rest. */
  private boolean midReply;

  public PipelineHandler(ClientOptions options, DefaultEndpoint endpoint) {
    super(options, endpoint.getClientResources(), endpoint);
  }

  @Override
  protected boolean decode(
      ByteBuf buffer, RedisCommand<?, ?, ?> command, CommandOutput<?, ?, ?> output) {
    if (!(command instanceof PipelineCommand sent)) {
      return super.decode(buffer, command, output);
    }
    InFlightPipeline batch = sent.batch();
    if (!midReply && batch.decodeFrom(buffer)) {
      return true;
    }
    midReply = !super.decode(buffer, command, batch.next());
    if (!midReply) {
      batch.decoded();
    }
    return !midReply;
  }

  @Override
  protected boolean canComplete(RedisCommand<?, ?, ?> command) {
    return !(command instanceof PipelineCommand sent) || sent.batch().isComplete();
  }

  /**
   * Lettuce drops the command at the head. If that has pending replies, they would be matched to
   * the next command, so the connection is closed.
   */
  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // No caller is left to report to.
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
    boolean outOfStep = getStack().peek() instanceof PipelineCommand;
    super.exceptionCaught(context, cause);
    if (outOfStep) {
      context.close();
    }
  }
}
