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
 * Closes a connection whose request takes too long. A request that arrives byte by byte would
 * otherwise occupy it indefinitely, because each byte counts as activity.
 *
 * <p>The time runs from the first byte after a response to the first byte of the next response, so
 * it must exceed the maximum time of a request. It is suspended while a stream is sent. One per
 * connection, in its thread.
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
   * Suspends the timeout of a connection until its stream ends. In its thread.
   *
   * @param end end of the stream
   */
  public static void suspend(Channel connection, CompletableFuture<?> end) {
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
