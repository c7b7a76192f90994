package dev.upswell.redis.tracking;

import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.pipeline.PipelineRoute;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.push.PushListener;
import io.lettuce.core.api.push.PushMessage;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.GenericMapOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandType;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enables client tracking on a connection (opt-in mode: only keys of marked reads), and again after
 * each reconnect. Runs in the connection's thread, except {@link #begin} and {@link #end}.
 */
public final class ClientTracking implements RedisConnectionStateListener, PushListener {
  private static final Logger LOG = LoggerFactory.getLogger(ClientTracking.class);

  private static final int RESP3 = 3;

  /** Interval of the pings that confirm the order of invalidations, in milliseconds. */
  private static final long ASK_MILLIS = 100;

  private final EventLoop thread;
  private final PipelineRoute route;
  private final InvalidationListener listener;
  private Optional<TrackingSession> current = Optional.empty();
  private boolean confirming;
  private @Nullable ScheduledFuture<?> timer;

  private ClientTracking(EventLoop thread, PipelineRoute route, InvalidationListener listener) {
    this.thread = thread;
    this.route = route;
    this.listener = listener;
  }

  /** Begins, soon. */
  public static ClientTracking begin(
      StatefulRedisConnection<byte[], byte[]> connection,
      EventLoop thread,
      PipelineRoute route,
      InvalidationListener listener) {
    ClientTracking tracking = new ClientTracking(thread, route, listener);
    connection.addListener((PushListener) tracking);
    connection.addListener((RedisConnectionStateListener) tracking);
    thread.execute(tracking::enable);
    return tracking;
  }

  /** Returns the current session; empty without tracking. */
  public Optional<TrackingSession> current() {
    return current;
  }

  @Override
  public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
    thread.execute(this::enable);
  }

  @Override
  public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
    stop();
  }

  private void enable() {
    stop();
    Pipeline batch = new Pipeline();
    // Without RESP3 a server accepts the second command too, but cannot send invalidations.
    batch.add(
        CommandType.HELLO,
        new GenericMapOutput<>(ByteArrayCodec.INSTANCE),
        Pipeline.args().add(RESP3));
    batch.add(
        CommandType.CLIENT,
        new StatusOutput<>(ByteArrayCodec.INSTANCE),
        Pipeline.args().add("TRACKING").add("ON").add("OPTIN"));
    long sentAt = System.nanoTime();
    var unused =
        route
            .send(batch)
            .whenComplete(
                (done, failure) -> {
                  if (failure == null) {
                    start(sentAt);
                  } else {
                    LOG.info(
                        "client tracking unavailable, querying Redis for each page: {}",
                        failure.getMessage());
                  }
                });
  }

  private void start(long sentAt) {
    stop();
    current = Optional.of(new TrackingSession(sentAt));
    timer = thread.scheduleWithFixedDelay(this::ask, ASK_MILLIS, ASK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void stop() {
    current.ifPresent(TrackingSession::end);
    current = Optional.empty();
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void ask() {
    Optional<TrackingSession> session = current;
    if (confirming || session.isEmpty()) {
      return;
    }
    confirming = true;
    Pipeline batch = new Pipeline(1);
    batch.add(CommandType.PING, new StatusOutput<>(ByteArrayCodec.INSTANCE), Pipeline.args());
    long sentAt = System.nanoTime();
    var unused =
        route
            .send(batch)
            .whenComplete(
                (done, failure) -> {
                  confirming = false;
                  if (failure == null) {
                    session.get().confirmedAt(sentAt);
                  }
                });
  }

  @Override
  public void onPushMessage(PushMessage message) {
    if (!message.getType().equals("invalidate")) {
      return;
    }
    if (message.getContent().get(1) instanceof List<?> keys) {
      current.ifPresent(
          tracking -> keys.forEach(key -> listener.changed(tracking, (ByteBuffer) key)));
    } else {
      // All keys were flushed, and with them the tracking table. Later reads are tracked again.
      current.ifPresent(TrackingSession::end);
      current = Optional.of(new TrackingSession(System.nanoTime()));
    }
  }

  /** Ends the session. */
  public void end() {
    thread.execute(this::stop);
  }
}
