package dev.upswell.redis;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Keeps the end of a channel from those behind it who were never told of its beginning.
 *
 * <p>Stands behind Lettuce's handshake, which passes on that a channel is active only once Redis
 * has answered. When a channel is lost before that, Lettuce's watchdog hears of it twice: the
 * attempt failed, and a channel became inactive. Each plans the next attempt unless one is planned,
 * and when the first plan is already being carried out as the second word comes, two attempts run
 * side by side. Both may succeed; of the two channels one is used, and the other stays until the
 * process ends. The failed attempt alone is enough.
 */
final class FailedHandshakeFilter extends ChannelInboundHandlerAdapter {
  private boolean active;

  @Override
  public void channelActive(ChannelHandlerContext context) {
    active = true;
    context.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (active) {
      context.fireChannelInactive();
    }
  }
}
