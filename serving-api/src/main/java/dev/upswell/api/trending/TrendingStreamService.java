package dev.upswell.api.trending;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerListener;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.upswell.api.http.Parameters;
import dev.upswell.api.http.Problem;
import dev.upswell.api.http.ProblemException;
import dev.upswell.api.lifecycle.SlowRequestTimeout;
import dev.upswell.api.protection.Protection;
import dev.upswell.api.visibility.VideoVisibilities;
import dev.upswell.redis.RedisConnection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/trending/stream?scope=&kind=&limit=}: changed lists as server-sent events
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html). The id of an event is the time
 * of its lists, so a client that reconnects with {@code Last-Event-ID} receives only newer ones. If
 * a listed video is hidden, the lists are sent again without it, under the same id. Thread-safe.
 *
 * <p>Slow clients receive only the latest lists. A client that does not read for a minute is
 * disconnected.
 */
public final class TrendingStreamService implements HttpService {
  private static final String LAST_EVENT_ID = "last-event-id";

  /** Streams end when clients go, which is not each second. */
  private static final int RETRY_SECONDS = 5;

  private final TrendingLists lists;
  private final int most;
  private final MeterRegistry metrics;
  private final Counter rejected;
  private volatile @Nullable TrendingStreams streams;

  /**
   * Creates the service. The caller closes the connection.
   *
   * @param most maximum open streams
   */
  public TrendingStreamService(
      RedisConnection redis,
      VideoVisibilities visibilities,
      Protection protection,
      int most,
      MeterRegistry metrics) {
    this.most = most;
    this.lists = new TrendingLists(redis, visibilities, protection);
    this.metrics = metrics;
    this.rejected = metrics.counter("upswell.rejected", "reason", "streams");
  }

  @Override
  public void serviceAdded(ServiceConfig config) {
    EventLoop thread = config.server().config().workerGroup().next();
    TrendingStreams all =
        new TrendingStreams(scope -> lists.read(scope, thread), thread, System::nanoTime, metrics);
    streams = all;
    ScheduledFuture<?> ticking = thread.scheduleAtFixedRate(all::tick, 1, 1, TimeUnit.SECONDS);
    // Before the server waits for running requests, because streams do not end by themselves.
    config
        .server()
        .addListener(
            ServerListener.builder()
                .whenStopping(
                    server -> {
                      ticking.cancel(false);
                      thread.execute(all::close);
                    })
                .build());
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    TrendingQuery query = TrendingQuery.ofStream(new Parameters(ctx));
    TrendingStreams all = streams;
    if (all == null || all.size() >= most) {
      rejected.increment();
      throw new ProblemException(
          Problem.later(
              HttpStatus.SERVICE_UNAVAILABLE,
              "This instance holds as many streams as it may, %d.".formatted(most),
              RETRY_SECONDS));
    }
    HttpResponse stream = all.open(query, seen(request.headers().get(LAST_EVENT_ID, "0")));
    ctx.clearRequestTimeout();
    Channel connection = ctx.log().ensureAvailable(RequestLogProperty.SESSION).channel();
    if (connection != null) {
      SlowRequestTimeout.suspend(connection, stream.whenComplete());
    }
    return stream;
  }

  /** Parses a time; 0 for an invalid one. */
  private static long seen(String id) {
    try {
      return Math.max(0, Long.parseLong(id));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
