package dev.upswell.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A connection in each thread of a server, so that a request is read, answered by Redis and written
 * by one thread, which nobody has to wake. Thread-safe.
 */
final class LoopConnections implements AutoCloseable {
  private static final int MOST_FLUSHES = 256;

  /** Of no thread. */
  static final LoopConnections NONE = new LoopConnections();

  private final List<OfLoop> connections = new ArrayList<>();

  private record OfLoop(
      EventLoop loop, RedisClient client, StatefulConnection<byte[], byte[]> connection) {}

  private LoopConnections() {}

  /** Connects each of the threads; what fails leaves nothing behind. */
  LoopConnections(
      ClientResources resources, ClientOptions options, RedisURI node, EventLoopGroup loops) {
    try {
      for (EventExecutor executor : loops) {
        EventLoop loop = (EventLoop) executor;
        ClientResources own =
            resources
                .mutate()
                .eventLoopGroupProvider(new BorrowedLoop(loop))
                .nettyCustomizer(written(resources.nettyCustomizer()))
                .build();
        RedisClient client = RedisClient.create(own, node);
        client.setOptions(options);
        connections.add(new OfLoop(loop, client, client.connect(ByteArrayCodec.INSTANCE)));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** What requests that were read together ask for is written together, once all have asked. */
  private static NettyCustomizer written(NettyCustomizer more) {
    return new NettyCustomizer() {
      @Override
      public void afterChannelInitialized(Channel channel) {
        more.afterChannelInitialized(channel);
        channel.pipeline().addFirst(new FlushConsolidationHandler(MOST_FLUSHES, true));
      }
    };
  }

  /** That of this thread, or the one that those have who have none of their own. */
  StatefulConnection<byte[], byte[]> mineOr(StatefulConnection<byte[], byte[]> other) {
    for (OfLoop each : connections) {
      if (each.loop.inEventLoop()) {
        return each.connection;
      }
    }
    return other;
  }

  boolean areOpen() {
    return connections.stream().allMatch(each -> each.connection.isOpen());
  }

  @Override
  public void close() {
    for (OfLoop each : connections) {
      each.connection.close();
      each.client.shutdown(0, 2, TimeUnit.SECONDS);
    }
  }
}
