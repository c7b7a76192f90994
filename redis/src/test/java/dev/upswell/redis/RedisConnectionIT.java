package dev.upswell.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upswell.processes.RedisProcess;
import dev.upswell.redis.pipeline.Pipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisConnectionIT {
  @Test
  void completedPipelinesAreReleasedBeforeTheTimeout(@TempDir Path directory) {
    try (RedisProcess server = RedisProcess.start(directory);
        RedisConnection redis = RedisConnection.open(patient(server.uri()))) {
      WeakReference<Pipeline> batch = answered(redis);
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                System.gc();
                assertThat(batch.get()).isNull();
              });
    }
  }

  @Test
  void repliesArriveInTheSendingEventLoop(@TempDir Path directory) throws Exception {
    EventLoopGroup workers = new MultiThreadIoEventLoopGroup(3, NioIoHandler.newFactory());
    List<EventLoop> threads = new ArrayList<>();
    workers.forEach(thread -> threads.add((EventLoop) thread));
    try (RedisProcess server = RedisProcess.start(directory)) {
      try (RedisConnection redis = RedisConnection.open(RedisOptions.of(server.uri()), threads)) {
        for (EventLoop thread : threads) {
          assertThat(threadOfAnswer(redis, thread))
              .isSameAs(thread.submit(Thread::currentThread).get());
        }
        assertThat(threadOfAnswer(redis, Runnable::run)).as("from elsewhere").isNotNull();
        assertThat(redis.isConnected()).isTrue();
        assertThat(redis.pipelinesInFlight()).isZero();
      }
      assertThat(threads)
          .allMatch(thread -> thread.submit(() -> true).syncUninterruptibly().getNow());
    } finally {
      workers.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }
  }

  /** Returns the thread that completes a reply: the thread that sends or the one that reads. */
  private static Thread threadOfAnswer(RedisConnection redis, Executor asks) {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    asks.execute(
        () -> {
          Pipeline batch = new Pipeline();
          batch.get(TestLists.KEYS.of(1));
          var unused =
              redis.send(batch).thenAccept(answered -> thread.complete(Thread.currentThread()));
        });
    return thread.orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static WeakReference<Pipeline> answered(RedisConnection redis) {
    Pipeline batch = new Pipeline();
    batch.set(TestLists.KEYS.of(1), TestLists.ENTRY);
    redis.send(batch).join();
    return new WeakReference<>(batch);
  }

  private static RedisOptions patient(String uri) {
    RedisOptions usual = RedisOptions.of(uri);
    Duration minutes = Duration.ofMinutes(5);
    return new RedisOptions(usual.uri(), "", minutes, minutes, usual.maxInFlight());
  }
}
