package dev.upswell.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One connection to a server, or one to each node of a cluster, whose batches are executed in their
 * order. Thread-safe.
 */
final class RedisLane implements AutoCloseable {
  private final AbstractRedisClient client;
  private final StatefulConnection<byte[], byte[]> connection;
  private final BatchRoute route;
  private final ReplyDeadlines deadlines;
  private volatile Optional<LaneTracking> tracking = Optional.empty();

  private RedisLane(
      AbstractRedisClient client,
      StatefulConnection<byte[], byte[]> connection,
      BatchRoute route,
      ReplyDeadlines deadlines) {
    this.client = client;
    this.connection = connection;
    this.route = route;
    this.deadlines = deadlines;
  }

  /**
   * Connects.
   *
   * @param resources threads and timers, which stay the caller's to end
   */
  static RedisLane open(RedisSettings settings, ClientResources resources) {
    ReplyDeadlines deadlines =
        new ReplyDeadlines(resources.eventExecutorGroup(), settings.replyTimeout());
    BatchSender sender = new BatchSender(deadlines, settings.maxInFlight());
    List<RedisURI> nodes = RedisNodes.of(settings);
    return RedisNodes.areOfCluster(settings)
        ? toCluster(settings, RedisClusterClient.create(resources, nodes), sender, deadlines)
        : toServer(settings, RedisClient.create(resources, nodes.get(0)), sender, deadlines);
  }

  private static RedisLane toCluster(
      RedisSettings settings,
      RedisClusterClient client,
      BatchSender sender,
      ReplyDeadlines deadlines) {
    try {
      client.setOptions(ConnectionOptions.cluster(settings));
      StatefulRedisClusterConnection<byte[], byte[]> connection =
          client.connect(ByteArrayCodec.INSTANCE);
      BatchRoute route = new ClusterRoute(client, connection, sender, deadlines);
      return new RedisLane(client, connection, route, deadlines);
    } catch (RuntimeException e) {
      end(client);
      throw e;
    }
  }

  private static RedisLane toServer(
      RedisSettings settings, RedisClient client, BatchSender sender, ReplyDeadlines deadlines) {
    try {
      client.setOptions(ConnectionOptions.single(settings));
      StatefulConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE);
      BatchRoute route = new ServerRoute(connection, sender);
      return new RedisLane(client, connection, route, deadlines);
    } catch (RuntimeException e) {
      end(client);
      throw e;
    }
  }

  /** The way for batches. */
  BatchRoute route() {
    return route;
  }

  /**
   * Has the server tell which keys change, unless it is a cluster.
   *
   * @param thread of the connection
   */
  void track(EventLoop thread, KeyListener listener) {
    if (connection instanceof StatefulRedisConnection<byte[], byte[]> server) {
      tracking = Optional.of(LaneTracking.begin(server, thread, route, listener));
    }
  }

  /** What the server tells at the moment; in the thread of the connection. */
  Optional<Tracking> tracking() {
    return tracking.flatMap(LaneTracking::current);
  }

  boolean isConnected() {
    return connection.isOpen();
  }

  int batchesInFlight() {
    return deadlines.waiting();
  }

  @Override
  public void close() {
    tracking.ifPresent(LaneTracking::end);
    connection.close();
    end(client);
  }

  private static void end(AbstractRedisClient client) {
    client.shutdown(0, 2, TimeUnit.SECONDS);
  }
}
