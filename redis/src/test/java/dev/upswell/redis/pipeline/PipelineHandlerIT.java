package dev.upswell.redis.pipeline;

import static dev.upswell.redis.TestLists.ids;
import static dev.upswell.redis.TestLists.pushTo;
import static io.lettuce.core.protocol.CommandType.LLEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.upswell.processes.RedisProcess;
import dev.upswell.redis.ChannelSetup;
import dev.upswell.redis.TestLists;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineHandlerIT {
  private final List<Channel> channels = new CopyOnWriteArrayList<>();
  private RedisProcess server;
  private ClientResources resources;
  private RedisClient client;
  private StatefulRedisConnection<byte[], byte[]> connection;
  private PipelineSender sender;

  @BeforeEach
  void start(@TempDir Path directory) {
    server = RedisProcess.start(directory);
    ClientOptions options = ClientOptions.create();
    NettyCustomizer pipeline = new ChannelSetup(options);
    resources =
        ClientResources.builder()
            .nettyCustomizer(
                new NettyCustomizer() {
                  @Override
                  public void afterChannelInitialized(Channel channel) {
                    pipeline.afterChannelInitialized(channel);
                    channels.add(channel);
                  }
                })
            .build();
    client = RedisClient.create(resources, server.uri());
    client.setOptions(options);
    connection = client.connect(ByteArrayCodec.INSTANCE);
    sender =
        new PipelineSender(
            new ReplyTimeouts(resources.eventExecutorGroup(), Duration.ofSeconds(20)), 10_000);
  }

  @AfterEach
  void stop() {
    connection.close();
    client.shutdown();
    resources.shutdown().awaitUninterruptibly(5_000);
    server.close();
  }

  private CompletableFuture<long[]> push(long... ids) {
    return push(sender, CompletableFuture.completedFuture(connection), ids);
  }

  private static CompletableFuture<long[]> push(
      PipelineSender sender,
      CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connection,
      long... ids) {
    KeyPipelineOutput replies = new KeyPipelineOutput(pushTo(ids));
    return sender.send(replies, connection).thenApply(done -> replies.get());
  }

  @Test
  void decodingErrorsCloseTheConnection() {
    connection.sync().rpush(TestLists.KEYS.of(1), TestLists.ENTRY);
    server.pause();
    CompletableFuture<long[]> taken = push(1, 2, 3, 4);
    channels.get(0).pipeline().fireExceptionCaught(new IllegalStateException("as if"));
    assertThatThrownBy(taken::join)
        .hasMessageContaining("Redis did not answer LPUSHX of 4 keys: as if");
    server.resume();

    await().until(() -> channels.size() == 2 && connection.isOpen());
    assertThat(push(5, 6).join()).containsExactly(0, 0);
    assertThat(push(1).join()[0]).isGreaterThan(1);
  }

  @Test
  void rejectedCommandFailsOnlyItsPipeline() {
    connection.sync().rpush(TestLists.KEYS.of(1), TestLists.ENTRY);
    Pipeline batch = new Pipeline();
    RedisReply<Long> before = batch.integer(LLEN, Pipeline.args().addKey(TestLists.KEYS.of(1)));
    RedisReply<byte[]> refused = batch.get(TestLists.KEYS.of(1));
    RedisReply<byte[]> behind = batch.get(TestLists.KEYS.of(2));
    CompletableFuture<Void> done =
        sender.send(new ServerPipeline(batch), CompletableFuture.completedFuture(connection));

    assertThatThrownBy(done::join).hasMessageContaining("Redis rejected GET: WRONGTYPE");
    assertThat(before.get()).isEqualTo(1);
    assertThatThrownBy(refused::get).hasMessageContaining("WRONGTYPE");
    assertThat(behind.found()).isEmpty();
    assertThat(push(1).join()).containsExactly(2);
  }

  @Test
  void timedOutPipelinesAreNotSentLater() {
    connection.sync().rpush(TestLists.KEYS.of(1), TestLists.ENTRY);
    PipelineSender hasty =
        new PipelineSender(
            new ReplyTimeouts(resources.eventExecutorGroup(), Duration.ofSeconds(1)), 1);
    CompletableFuture<StatefulRedisConnection<byte[], byte[]>> slow = new CompletableFuture<>();
    CompletableFuture<long[]> late = push(hasty, slow, 1);
    assertThatThrownBy(late::join).hasMessageContaining("no reply within 1000 ms");
    slow.complete(connection);

    assertThat(push(hasty, slow, 1).join()).containsExactly(2);
  }

  @Test
  void subscriptionsKeepTheirOwnHandler() {
    try (var subscription = client.connectPubSub()) {
      subscription.sync().subscribe("news");
      assertThat(channels.get(0).pipeline().get(PipelineHandler.class)).isNotNull();
      assertThat(channels.get(1).pipeline().get(PipelineHandler.class)).isNull();
    }
    assertThat(push(ids(3)).join()).containsExactly(0, 0, 0);
  }
}
