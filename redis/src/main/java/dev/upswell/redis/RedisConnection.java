package dev.upswell.redis;

import dev.upswell.redis.pipeline.KeyPipeline;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.pipeline.PipelineRoute;
import dev.upswell.redis.tracking.InvalidationListener;
import dev.upswell.redis.tracking.TrackingSession;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Multiplexed connections to a Redis, a Sentinel group or a cluster: one, or one in each thread of
 * a server. Thread-safe.
 *
 * <p>They reconnect by themselves. While one is disconnected, batches fail at once instead of
 * waiting in a queue without bound, and what was in flight when the connection broke fails with it;
 * the caller decides what to send again.
 */
public final class RedisConnection implements AutoCloseable {
  /** That Lettuce takes. */
  private static final int LEAST_THREADS = 2;

  private final List<EventLoop> threads;

  /** One for each thread; if there are none, one. */
  private final List<OrderedConnection> lanes;

  /** Timers and the like, which all share, and what is each lane's own. */
  private final List<ClientResources> resources;

  private RedisConnection(
      List<EventLoop> threads, List<OrderedConnection> lanes, List<ClientResources> resources) {
    this.threads = threads;
    this.lanes = lanes;
    this.resources = resources;
  }

  /**
   * Connects once; replies come in a thread of the connection. All that is sent is executed in its
   * order, of a cluster by each node.
   *
   * @throws RedisUnavailableException if there is no Redis within the connect timeout
   * @throws IllegalArgumentException if the URI is none of those that {@link RedisSettings} names
   */
  public static RedisConnection open(RedisSettings settings) {
    return open(settings, List.of());
  }

  /**
   * Connects once in each of a server's threads: what one of them asks is answered in it, and wakes
   * no other. What is sent from elsewhere goes by the first. In its order is executed what is sent
   * from one thread.
   *
   * @param threads of the transport that Lettuce takes: the system's own where there is one, else
   *     that of the JDK; they stay the caller's to end, after the connection; none for one of its
   *     own
   * @throws RedisUnavailableException if there is no Redis within the connect timeout
   * @throws IllegalArgumentException if the URI is none of those that {@link RedisSettings} names
   */
  public static RedisConnection open(RedisSettings settings, List<EventLoop> threads) {
    ClientResources shared = resources(settings);
    List<ClientResources> resources = new ArrayList<>(List.of(shared));
    List<OrderedConnection> lanes = new ArrayList<>();
    try {
      if (threads.isEmpty()) {
        lanes.add(OrderedConnection.open(settings, shared));
      }
      for (EventLoop thread : threads) {
        ClientResources own = in(thread, shared);
        resources.add(own);
        lanes.add(OrderedConnection.open(settings, own));
      }
      return new RedisConnection(List.copyOf(threads), lanes, resources);
    } catch (RuntimeException e) {
      close(lanes, resources);
      if (e instanceof IllegalArgumentException) {
        throw e;
      }
      throw new RedisUnavailableException(
          "cannot reach Redis at %s within %d s: %s; is it started, and is redis.uri right?"
              .formatted(settings.uri(), settings.connectTimeout().toSeconds(), rootMessage(e)),
          e);
    }
  }

  /**
   * Sends a batch in one write to each node, behind all that was sent to that node before.
   *
   * <p>Of all batches of a connection together, at most {@link RedisSettings#maxInFlight} replies
   * are awaited; one batch more fails at once.
   *
   * @return completes when every command has its reply; fails with {@link
   *     RedisUnavailableException} when one was refused, the connection broke, or the time for
   *     replies is over. What was sent may have been executed all the same.
   */
  public CompletableFuture<Void> send(Pipeline batch) {
    return batch.size() == 0 ? CompletableFuture.completedFuture(null) : route().send(batch);
  }

  /**
   * As {@link #send(Pipeline)} to each node that has some of the keys, in their order.
   *
   * @return completes with the integer that answers each key, in the order of the keys
   */
  public CompletableFuture<long[]> send(KeyPipeline batch) {
    return batch.size() == 0 ? CompletableFuture.completedFuture(new long[0]) : route().send(batch);
  }

  private PipelineRoute route() {
    return lanes.get(Math.max(0, own())).route();
  }

  /** The lane of this thread; negative if it has none. */
  private int own() {
    for (int i = 0; i < threads.size(); i++) {
      if (threads.get(i).inEventLoop()) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Has the server tell which keys change of those that are read with {@link Pipeline#tracked} by
   * the connections in a server's threads. Called once. A cluster does not tell.
   *
   * @param listener called in those threads
   */
  public void track(InvalidationListener listener) {
    for (int i = 0; i < threads.size(); i++) {
      lanes.get(i).track(threads.get(i), listener);
    }
  }

  /**
   * What is told of the keys that are read by the connection of this thread; empty while it does
   * not tell, and in a thread without one.
   */
  public Optional<TrackingSession> tracking() {
    int own = own();
    return own < 0 ? Optional.empty() : lanes.get(own).tracking();
  }

  /**
   * Whether there is each connection at the moment; of a cluster, whether none was closed, as its
   * nodes come and go.
   */
  public boolean isConnected() {
    return lanes.stream().allMatch(OrderedConnection::isConnected);
  }

  /**
   * Runs something short after a delay, in a thread of its own that also ends waiting for replies;
   * never if the connection is closed by then.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // It is never cancelled.
  public void runAfter(Duration delay, Runnable task) {
    try {
      resources.get(0).eventExecutorGroup().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      // As promised.
    }
  }

  /** How many batches wait for replies. */
  public int pipelinesInFlight() {
    return lanes.stream().mapToInt(OrderedConnection::pipelinesInFlight).sum();
  }

  /** Closes the connections and ends threads of their own; replies still awaited fail. */
  @Override
  public void close() {
    close(lanes, resources);
  }

  private static void close(List<OrderedConnection> lanes, List<ClientResources> resources) {
    lanes.forEach(OrderedConnection::close);
    for (ClientResources ended : resources) {
      // Threads that outlive a Flink job would keep its class loader.
      ended.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
  }

  private static ClientResources resources(RedisSettings settings) {
    ClientOptions options =
        RedisEndpoints.areOfCluster(settings)
            ? LettuceOptions.cluster(settings)
            : LettuceOptions.single(settings);
    return DefaultClientResources.builder()
        .ioThreadPoolSize(LEAST_THREADS)
        .computationThreadPoolSize(LEAST_THREADS)
        .commandLatencyRecorder(CommandLatencyRecorder.disabled())
        .nettyCustomizer(new ChannelSetup(options))
        .reconnectDelay(
            Delay.fullJitter(
                Duration.ofMillis(20), Duration.ofSeconds(1), 20, TimeUnit.MILLISECONDS))
        .build();
  }

  /** The same with a thread that is lent to them, and is not theirs to end. */
  private static ClientResources in(EventLoop thread, ClientResources resources) {
    return resources.mutate().eventLoopGroupProvider(new SharedEventLoop(thread)).build();
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
