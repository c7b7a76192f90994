package dev.upswell.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One multiplexed connection to a Redis, a Sentinel group or a cluster. Thread-safe.
 *
 * <p>It reconnects by itself. While it is disconnected, batches fail at once instead of waiting in
 * a queue without bound, and what was in flight when the connection broke fails with it; the caller
 * decides what to send again.
 */
public final class RedisConnection implements AutoCloseable {
  private final ClientResources resources;
  private final AbstractRedisClient client;
  private final StatefulConnection<byte[], byte[]> connection;
  private final KeyBatchRoute route;
  private final ReplyDeadlines deadlines;

  private RedisConnection(
      ClientResources resources,
      AbstractRedisClient client,
      StatefulConnection<byte[], byte[]> connection,
      KeyBatchRoute route,
      ReplyDeadlines deadlines) {
    this.resources = resources;
    this.client = client;
    this.connection = connection;
    this.route = route;
    this.deadlines = deadlines;
  }

  /**
   * Connects.
   *
   * @throws RedisUnavailableException if there is no Redis within the connect timeout
   * @throws IllegalArgumentException if the URI is none of those that {@link RedisSettings} names
   */
  public static RedisConnection open(RedisSettings settings) {
    boolean isCluster = isCluster(settings);
    ClusterClientOptions clusterOptions = clusterOptions(settings);
    ClientOptions options =
        isCluster ? clusterOptions : options(ClientOptions.builder(), settings).build();
    ClientResources resources = resources(settings, options);
    AbstractRedisClient client = null;
    try {
      List<RedisURI> nodes = nodes(settings);
      ReplyDeadlines deadlines =
          new ReplyDeadlines(resources.eventExecutorGroup(), settings.replyTimeout());
      KeyBatchSender sender = new KeyBatchSender(deadlines, settings.maxInFlight());
      if (isCluster) {
        RedisClusterClient cluster = RedisClusterClient.create(resources, nodes);
        client = cluster;
        cluster.setOptions(clusterOptions);
        StatefulRedisClusterConnection<byte[], byte[]> connection =
            cluster.connect(ByteArrayCodec.INSTANCE);
        KeyBatchRoute route = new ClusterRoute(cluster, connection, sender);
        return new RedisConnection(resources, client, connection, route, deadlines);
      }
      RedisClient single = RedisClient.create(resources, nodes.get(0));
      client = single;
      single.setOptions(options);
      StatefulConnection<byte[], byte[]> connection = single.connect(ByteArrayCodec.INSTANCE);
      CompletableFuture<StatefulConnection<byte[], byte[]>> connected =
          CompletableFuture.completedFuture(connection);
      KeyBatchRoute route = batch -> sender.send(batch, connected, () -> {});
      return new RedisConnection(resources, client, connection, route, deadlines);
    } catch (RuntimeException e) {
      shutdown(client, resources);
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
   * Sends a batch in one write to each node. Commands of one connection are executed in their
   * order.
   *
   * @return completes when every command has its reply; fails with {@link
   *     RedisUnavailableException} when one was refused, the connection broke, or the time for
   *     replies is over. What was sent may have been executed all the same.
   */
  public CompletableFuture<Void> send(RedisBatch batch) {
    CompletableFuture<Void> done = batch.arm();
    if (batch.size() == 0) {
      return done;
    }
    try {
      connection.dispatch(batch.commands());
    } catch (RuntimeException e) {
      // Refused as a whole, such as when the queue is full: settles what was not taken.
      batch.commands().forEach(command -> command.completeExceptionally(e));
      return done;
    }
    return deadlines.watch(done, () -> batch.commands().forEach(RedisCommand::cancel));
  }

  /**
   * Sends a batch in one write to each node that has some of its keys. In the order of the keys of
   * each node, and of all that was sent to that node before.
   *
   * <p>Of the commands and replies of key batches together, at most {@link
   * RedisSettings#maxInFlight} are awaited; one batch more fails at once.
   *
   * @return completes with the integer that answers each key, in the order of the keys; fails with
   *     {@link RedisUnavailableException} when one was refused, the connection broke, or the time
   *     for replies is over. What was sent may have been executed all the same.
   */
  public CompletableFuture<long[]> send(KeyBatch batch) {
    return batch.size() == 0 ? CompletableFuture.completedFuture(new long[0]) : route.send(batch);
  }

  /**
   * Whether there is a connection at the moment; of a cluster, whether it was not closed, as its
   * nodes come and go.
   */
  public boolean isConnected() {
    return connection.isOpen();
  }

  /** How many batches wait for replies. */
  public int batchesInFlight() {
    return deadlines.waiting();
  }

  /** Closes the connection and ends its threads; replies still awaited fail. */
  @Override
  public void close() {
    connection.close();
    shutdown(client, resources);
  }

  private static ClientResources resources(RedisSettings settings, ClientOptions options) {
    return DefaultClientResources.builder()
        .ioThreadPoolSize(settings.ioThreads())
        .computationThreadPoolSize(2) // The least that Lettuce takes.
        .commandLatencyRecorder(CommandLatencyRecorder.disabled())
        .nettyCustomizer(new RedisPipeline(options))
        .reconnectDelay(
            Delay.fullJitter(
                Duration.ofMillis(20), Duration.ofSeconds(1), 20, TimeUnit.MILLISECONDS))
        .build();
  }

  private static void shutdown(@Nullable AbstractRedisClient client, ClientResources resources) {
    if (client != null) {
      client.shutdown(0, 2, TimeUnit.SECONDS);
    }
    // Threads that outlive a Flink job would keep its class loader.
    resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
  }

  private static <B extends ClientOptions.Builder> B options(B builder, RedisSettings settings) {
    builder
        .autoReconnect(true)
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        // Nothing is replayed behind the caller's back: the caller knows in which order to repeat.
        .replayFilter(command -> true)
        .requestQueueSize(settings.maxInFlight())
        // An index by command, to take one out of the middle, which nobody does.
        .useHashIndexQueue(false)
        // Lettuce's own, on by default, sets a timer for each command, which keeps the command with
        // all that it carries until the time is over, answered or not; batches have a limit anyway.
        .timeoutOptions(TimeoutOptions.create())
        .socketOptions(
            SocketOptions.builder()
                .connectTimeout(settings.connectTimeout())
                .keepAlive(true)
                .tcpNoDelay(true)
                .build());
    return builder;
  }

  private static ClusterClientOptions clusterOptions(RedisSettings settings) {
    return options(ClusterClientOptions.builder(), settings)
        .topologyRefreshOptions( // Adaptive refresh, after MOVED and the like, is on anyway.
            ClusterTopologyRefreshOptions.builder()
                .enablePeriodicRefresh(Duration.ofSeconds(30))
                .build())
        .build();
  }

  private static boolean isCluster(RedisSettings settings) {
    String scheme = settings.uri().getScheme();
    return "redis-cluster".equals(scheme) || "rediss-cluster".equals(scheme);
  }

  private static List<RedisURI> nodes(RedisSettings settings) {
    String text = settings.uri().toString();
    List<RedisURI> nodes = new ArrayList<>();
    if (isCluster(settings)) {
      String scheme = text.startsWith("rediss") ? "rediss://" : "redis://";
      String authority = text.substring(text.indexOf("://") + 3);
      String user =
          authority.contains("@") ? authority.substring(0, authority.indexOf('@') + 1) : "";
      for (String node : authority.substring(user.length()).split(",", -1)) {
        nodes.add(RedisURI.create(scheme + user + node));
      }
    } else {
      nodes.add(RedisURI.create(text));
    }
    for (RedisURI node : nodes) {
      node.setTimeout(settings.connectTimeout());
      if (!settings.password().isEmpty()) {
        authenticate(node, settings);
      }
    }
    return nodes;
  }

  private static void authenticate(RedisURI node, RedisSettings settings) {
    char[] password = settings.password().toCharArray();
    String user = settings.uri().getRawUserInfo();
    if (user == null || user.isEmpty()) {
      node.setAuthentication(password);
    } else {
      node.setAuthentication(user, password);
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
