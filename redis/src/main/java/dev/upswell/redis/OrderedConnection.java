package dev.upswell.redis;

import dev.upswell.redis.pipeline.ClusterRoute;
import dev.upswell.redis.pipeline.PipelineRoute;
import dev.upswell.redis.pipeline.PipelineSender;
import dev.upswell.redis.pipeline.ReplyTimeouts;
import dev.upswell.redis.pipeline.ServerRoute;
import dev.upswell.redis.tracking.ClientTracking;
import dev.upswell.redis.tracking.InvalidationListener;
import dev.upswell.redis.tracking.TrackingSession;
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
 * One connection to a server, or one per node of a cluster, whose pipelines are executed in order.
 * Thread-safe.
 */
final class OrderedConnection implements AutoCloseable {
  private final AbstractRedisClient client;
  private final StatefulConnection<byte[], byte[]> connection;
  private final PipelineRoute route;
  private final ReplyTimeouts deadlines;
  private volatile Optional<ClientTracking> tracking = Optional.empty();

  private OrderedConnection(
      AbstractRedisClient client,
      StatefulConnection<byte[], byte[]> connection,
      PipelineRoute route,
      ReplyTimeouts deadlines) {
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
  static OrderedConnection open(RedisOptions settings, ClientResources resources) {
    ReplyTimeouts deadlines =
        new ReplyTimeouts(resources.eventExecutorGroup(), settings.replyTimeout());
    PipelineSender sender = new PipelineSender(deadlines, settings.maxInFlight());
    List<RedisURI> nodes = RedisEndpoints.of(settings);
    return RedisEndpoints.areOfCluster(settings)
        ? toCluster(settings, RedisClusterClient.create(resources, nodes), sender, deadlines)
        : toServer(settings, RedisClient.create(resources, nodes.get(0)), sender, deadlines);
  }

  private static OrderedConnection toCluster(
      RedisOptions settings,
      RedisClusterClient client,
      PipelineSender sender,
      ReplyTimeouts deadlines) {
    try {
      client.setOptions(LettuceOptions.cluster(settings));
      StatefulRedisClusterConnection<byte[], byte[]> connection =
          client.connect(ByteArrayCodec.INSTANCE);
      PipelineRoute route = new ClusterRoute(client, connection, sender, deadlines);
      return new OrderedConnection(client, connection, route, deadlines);
    } catch (RuntimeException e) {
      end(client);
      throw e;
    }
  }

  private static OrderedConnection toServer(
      RedisOptions settings, RedisClient client, PipelineSender sender, ReplyTimeouts deadlines) {
    try {
      client.setOptions(LettuceOptions.single(settings));
      StatefulConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE);
      PipelineRoute route = new ServerRoute(connection, sender);
      return new OrderedConnection(client, connection, route, deadlines);
    } catch (RuntimeException e) {
      end(client);
      throw e;
    }
  }

  /** The way for batches. */
  PipelineRoute route() {
    return route;
  }

  /**
   * Enables client tracking, except on a cluster.
   *
   * @param thread thread of the connection
   */
  void track(EventLoop thread, InvalidationListener listener) {
    if (connection instanceof StatefulRedisConnection<byte[], byte[]> server) {
      tracking = Optional.of(ClientTracking.begin(server, thread, route, listener));
    }
  }

  /** Returns the current tracking session; in the thread of the connection. */
  Optional<TrackingSession> tracking() {
    return tracking.flatMap(ClientTracking::current);
  }

  boolean isConnected() {
    return connection.isOpen();
  }

  int pipelinesInFlight() {
    return deadlines.waiting();
  }

  @Override
  public void close() {
    tracking.ifPresent(ClientTracking::end);
    connection.close();
    end(client);
  }

  private static void end(AbstractRedisClient client) {
    client.shutdown(0, 2, TimeUnit.SECONDS);
  }
}
