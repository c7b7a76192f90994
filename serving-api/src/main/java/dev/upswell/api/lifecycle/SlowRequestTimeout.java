package dev.upswell.api.lifecycle;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection that sends for a while without getting anything in return: a request that
 * arrives byte by byte would hold it for ever, since each byte counts as a sign of life.
 *
 * <p>The time runs from the first byte after an answer to the first byte of the next, so it has to
 * be longer than any request may take. It does not run as long as a stream is sent, which may have
 * nothing to say for longer than that. One for each connection, in its thread.
 */
public final class SlowRequestTimeout extends ChannelDuplexHandler {
  private final Duration longest;
  private @Nullable ScheduledFuture<?> timer;
  private int streams;

  /** Closes a connection after this time. */
  public SlowRequestTimeout(Duration longest) {
    this.longest = longest;
  }

  /**
   * Lets a connection be until a stream that is sent through it ends. In its thread.
   *
   * @param end of the stream
   */
  public static void letBe(Channel connection, CompletableFuture<?> end) {
    SlowRequestTimeout guard = connection.pipeline().get(SlowRequestTimeout.class);
    if (guard != null) {
      guard.stopTimer();
      guard.streams++;
      var unused = end.handleAsync((done, failure) -> --guard.streams, connection.eventLoop());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    if (timer == null && streams == 0) {
      timer = ctx.executor().schedule(() -> close(ctx), longest.toNanos(), TimeUnit.NANOSECONDS);
    }
    super.channelRead(ctx, message);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise)
      throws Exception {
    stopTimer();
    super.write(ctx, message, promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    stopTimer();
    super.channelInactive(ctx);
  }

  private void stopTimer() {
    ScheduledFuture<?> set = timer;
    if (set != null) {
      set.cancel(false);
      timer = null;
    }
  }

  private static void close(ChannelHandlerContext ctx) {
    var unused = ctx.close();
  }
}
