package dev.upswell.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upswell.processes.RedisProcess;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.RedisHandshakeHandler;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedHandshakeIT {
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(50);

  private final List<Channel> channels = new CopyOnWriteArrayList<>();
  private final CountDownLatch nextAttempt = new CountDownLatch(1);
  private RedisProcess server;
  private ClientResources resources;
  private RedisClient client;

  @BeforeEach
  void start(@TempDir Path directory) {
    server = RedisProcess.start(directory);
    ClientOptions options = ClientOptions.create();
    resources =
        ClientResources.builder()
            .nettyCustomizer(new SecondIsLost(new ChannelSetup(options)))
            .reconnectDelay(Delay.constant(BETWEEN_ATTEMPTS))
            .build();
    client = RedisClient.create(resources, server.uri());
    client.setOptions(options);
  }

  @AfterEach
  void stop() {
    client.shutdown();
    resources.shutdown().awaitUninterruptibly(5_000);
    server.close();
  }

  @Test
  void lostHandshakeCausesOnlyOneReconnect() {
    StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE);
    channels.get(0).close().awaitUninterruptibly();

    await().until(() -> channels.size() >= 3 && connection.isOpen());
    await().during(BETWEEN_ATTEMPTS.multipliedBy(10)).until(() -> channels.size() == 3);
    assertThat(channels).extracting(Channel::isOpen).containsExactly(false, false, true);
    assertThat(connection.sync().ping()).isEqualTo("PONG");
  }

  /** Loses the second channel in its handshake, and tells of it when the third is on its way. */
  private final class SecondIsLost implements NettyCustomizer {
    private final NettyCustomizer pipeline;

    SecondIsLost(NettyCustomizer pipeline) {
      this.pipeline = pipeline;
    }

    @Override
    public void afterChannelInitialized(Channel channel) {
      pipeline.afterChannelInitialized(channel);
      channels.add(channel);
      if (channels.size() == 2) {
        channel.pipeline().addFirst(new Lost());
        String handshake = channel.pipeline().context(RedisHandshakeHandler.class).name();
        channel.pipeline().addAfter(handshake, null, new Late());
      } else if (channels.size() == 3) {
        nextAttempt.countDown();
      }
    }
  }

  private static final class Lost extends ChannelInboundHandlerAdapter {
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // The test waits for what comes of it.
    public void channelActive(ChannelHandlerContext context) {
      context.fireChannelActive();
      context.close();
    }
  }

  private final class Late extends ChannelInboundHandlerAdapter {
    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
      nextAttempt.await();
      context.fireChannelInactive();
    }
  }
}
