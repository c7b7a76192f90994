package dev.upswell.redis.pipeline;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.protocol.DefaultEndpoint;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/**
 * Lettuce's own handler, with commands that have many replies.
 *
 * <p>In Lettuce a command is an object, a promise, two listeners, a buffer and a task for the
 * connection's thread, whatever travels for it. A {@link PipelineCommand} is one of them for a
 * thousand commands: it writes all of them, and the hook that Lettuce asks whether the command at
 * the head of the queue is complete says no until the last reply.
 */
public final class PipelineHandler extends CommandHandler {
  /** Whether the general decoder stands inside a reply, and has to see the rest of it. */
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
    if (!midReply && batch.takeFrom(buffer)) {
      return true;
    }
    midReply = !super.decode(buffer, command, batch.next());
    if (!midReply) {
      batch.taken();
    }
    return !midReply;
  }

  @Override
  protected boolean canComplete(RedisCommand<?, ?, ?> command) {
    return !(command instanceof PipelineCommand sent) || sent.batch().isWhole();
  }

  /**
   * Lettuce gives up the command at the head. If that one still has replies to come, the next would
   * take them for its own, so the connection has to go with it.
   */
  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // Nobody is left who could care.
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
    boolean outOfStep = getStack().peek() instanceof PipelineCommand;
    super.exceptionCaught(context, cause);
    if (outOfStep) {
      context.close();
    }
  }
}
