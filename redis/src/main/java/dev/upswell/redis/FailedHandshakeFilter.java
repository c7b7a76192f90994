package dev.upswell.redis;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Drops the inactive event of a channel whose active event never arrived.
 *
 * <p>Placed after Lettuce's handshake, which fires the active event only after Redis has answered.
 * When a channel is lost before that, Lettuce's watchdog is notified twice: the attempt failed, and
 * a channel became inactive. Each schedules a reconnect unless one is scheduled. If the first one
 * already runs at the second notification, two attempts run at once. Both may succeed, and one of
 * the two channels leaks. The failed attempt alone is sufficient.
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
