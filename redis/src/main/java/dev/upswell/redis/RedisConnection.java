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
 * Multiplexed connections to a Redis, a Sentinel group or a cluster: one, or one per thread of a
 * server. Thread-safe.
 *
 * <p>Connections reconnect automatically. While one is disconnected, pipelines fail at once instead
 * of waiting in an unbounded queue. Pipelines in flight fail with the connection. The caller
 * decides about retries.
 */
public final class RedisConnection implements AutoCloseable {
  /** Minimum of Lettuce. */
  private static final int LEAST_THREADS = 2;

  private final List<EventLoop> threads;

  /** One connection per thread, or a single one. */
  private final List<OrderedConnection> connections;

  /** Shared resources such as timers, then those of each connection. */
  private final List<ClientResources> resources;

  private RedisConnection(
      List<EventLoop> threads,
      List<OrderedConnection> connections,
      List<ClientResources> resources) {
    this.threads = threads;
    this.connections = connections;
    this.resources = resources;
  }

  /**
   * Connects once. Replies arrive in a thread of the connection. Commands are executed in order, on
   * a cluster per node.
   *
   * @throws RedisUnavailableException if Redis cannot be reached within the connect timeout
   * @throws IllegalArgumentException for a URI in none of the forms of {@link RedisOptions}
   */
  public static RedisConnection open(RedisOptions settings) {
    return open(settings, List.of());
  }

  /**
   * Connects once per thread of a server. Replies to such a thread arrive in it, without waking
   * another one. Other threads use the first connection. Commands of one thread are executed in
   * order.
   *
   * @param threads event loops of the transport that Lettuce uses: the native one if available,
   *     else that of the JDK. The caller closes them, after the connection. Empty for an own thread
   * @throws RedisUnavailableException if Redis cannot be reached within the connect timeout
   * @throws IllegalArgumentException for a URI in none of the forms of {@link RedisOptions}
   */
  public static RedisConnection open(RedisOptions settings, List<EventLoop> threads) {
    ClientResources shared = resources(settings);
    List<ClientResources> resources = new ArrayList<>(List.of(shared));
    List<OrderedConnection> connections = new ArrayList<>();
    try {
      if (threads.isEmpty()) {
        connections.add(OrderedConnection.open(settings, shared));
      }
      for (EventLoop thread : threads) {
        ClientResources own = in(thread, shared);
        resources.add(own);
        connections.add(OrderedConnection.open(settings, own));
      }
      return new RedisConnection(List.copyOf(threads), connections, resources);
    } catch (RuntimeException e) {
      close(connections, resources);
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
   * Sends a pipeline in one write per node, after all earlier commands to that node.
   *
   * <p>At most {@link RedisOptions#maxInFlight} replies of a connection are pending. A pipeline
   * above that fails at once.
   *
   * @return completes after all replies; fails with {@link RedisUnavailableException} for an error
   *     reply, a lost connection or the reply timeout. Commands may have been executed
   *     nevertheless.
   */
  public CompletableFuture<Void> send(Pipeline batch) {
    return batch.size() == 0 ? CompletableFuture.completedFuture(null) : route().send(batch);
  }

  /**
   * Sends a pipeline to each node that has some of the keys, like {@link #send(Pipeline)}.
   *
   * @return completes with one integer per key, in the order of the keys
   */
  public CompletableFuture<long[]> send(KeyPipeline batch) {
    return batch.size() == 0 ? CompletableFuture.completedFuture(new long[0]) : route().send(batch);
  }

  private PipelineRoute route() {
    return connections.get(Math.max(0, own())).route();
  }

  /** Returns the index of this thread's connection; negative for none. */
  private int own() {
    for (int i = 0; i < threads.size(); i++) {
      if (threads.get(i).inEventLoop()) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Enables client tracking for keys read with {@link Pipeline#tracked} by the connections of a
   * server's threads. Called once. Not available on a cluster.
   *
   * @param listener called in those threads
   */
  public void track(InvalidationListener listener) {
    for (int i = 0; i < threads.size(); i++) {
      connections.get(i).track(threads.get(i), listener);
    }
  }

  /**
   * Returns the tracking session of this thread's connection; empty without tracking, and in other
   * threads.
   */
  public Optional<TrackingSession> tracking() {
    int own = own();
    return own < 0 ? Optional.empty() : connections.get(own).tracking();
  }

  /**
   * Returns whether every connection is established; on a cluster, whether none is closed, because
   * nodes change.
   */
  public boolean isConnected() {
    return connections.stream().allMatch(OrderedConnection::isConnected);
  }

  /**
   * Runs a short task after a delay, in the thread of the reply timeouts; not after the connection
   * is closed.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // It is never cancelled.
  public void runAfter(Duration delay, Runnable task) {
    try {
      resources.get(0).eventExecutorGroup().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      // Allowed by the contract of the method.
    }
  }

  /** Returns the number of pipelines in flight. */
  public int pipelinesInFlight() {
    return connections.stream().mapToInt(OrderedConnection::pipelinesInFlight).sum();
  }

  /** Closes the connections and ends threads of their own; replies still awaited fail. */
  @Override
  public void close() {
    close(connections, resources);
  }

  private static void close(List<OrderedConnection> connections, List<ClientResources> resources) {
    connections.forEach(OrderedConnection::close);
    for (ClientResources ended : resources) {
      // Threads that outlive a Flink job would keep its class loader.
      ended.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
  }

  private static ClientResources resources(RedisOptions settings) {
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

  /** Returns resources with a shared thread, which they do not shut down. */
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
