package dev.upswell.redis;

import static io.netty.handler.flush.FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES;

import dev.upswell.redis.pipeline.PipelineHandler;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.protocol.DefaultEndpoint;
import io.lettuce.core.protocol.RedisHandshakeHandler;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.flush.FlushConsolidationHandler;

/** Customizes new channels beyond Lettuce's own setup. */
public record ChannelSetup(ClientOptions options) implements NettyCustomizer {
  @Override
  public void afterChannelInitialized(Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addAfter(
        pipeline.context(RedisHandshakeHandler.class).name(), null, new FailedHandshakeFilter());
    CommandHandler own = pipeline.get(CommandHandler.class);
    // Connections for subscriptions have another one, and are not for batches.
    if (own.getClass() == CommandHandler.class
        && own.getEndpoint() instanceof DefaultEndpoint endpoint) {
      pipeline.replace(own, "BatchHandler", new PipelineHandler(options, endpoint));
      // Pipelines that arrive together are flushed in one write, and so are their replies.
      pipeline.addFirst(new FlushConsolidationHandler(DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true));
    }
  }
}
