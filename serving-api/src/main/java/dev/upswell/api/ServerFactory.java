package dev.upswell.api;

import static io.netty.handler.flush.FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES;

import com.github.benmanes.caffeine.cache.Ticker;
import com.linecorp.armeria.common.metric.MeterIdPrefixFunction;
import com.linecorp.armeria.common.util.InetAddressPredicates;
import com.linecorp.armeria.server.ClientAddressSource;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.healthcheck.HealthCheckService;
import com.linecorp.armeria.server.healthcheck.HealthChecker;
import com.linecorp.armeria.server.healthcheck.SettableHealthChecker;
import com.linecorp.armeria.server.metric.MetricCollectingService;
import dev.upswell.api.auth.Authenticator;
import dev.upswell.api.cursor.CursorCodec;
import dev.upswell.api.diagnostics.ServerMetrics;
import dev.upswell.api.events.EventProducer;
import dev.upswell.api.feed.EndedRelationships;
import dev.upswell.api.feed.FeedJitWarmUp;
import dev.upswell.api.feed.ResilientFeedReader;
import dev.upswell.api.feed.StaleFeedCache;
import dev.upswell.api.http.ProblemHandler;
import dev.upswell.api.lifecycle.SlowRequestTimeout;
import dev.upswell.api.protection.CircuitBreaker;
import dev.upswell.api.protection.ConcurrencyLimiter;
import dev.upswell.api.protection.Protection;
import dev.upswell.api.protection.ProtectionOptions;
import dev.upswell.api.ratelimit.RateLimitDecorator;
import dev.upswell.api.trace.RequestLogWriter;
import dev.upswell.api.trace.TracingService;
import dev.upswell.api.visibility.VideoVisibilities;
import dev.upswell.feeds.FeedReader;
import dev.upswell.feeds.page.FeedClock;
import dev.upswell.feeds.redis.RedisFeedStoreReader;
import dev.upswell.feeds.store.StoreChanges;
import dev.upswell.redis.RedisConnection;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/** Creates and connects the parts of a server from its options. */
final class ServerFactory implements AutoCloseable {
  /** A hundred ids, or a cursor, with room to spare. */
  private static final int MAX_LINE_BYTES = 4_096;

  /** A token with many claims. */
  private static final int MAX_HEADER_BYTES = 8_192;

  private static final Duration SLOWER_THAN_DEADLINE = Duration.ofSeconds(3);

  private final ApiOptions options;
  private final PrometheusMeterRegistry metrics = ServerMetrics.registry();
  private final JvmGcMetrics collections = ServerMetrics.collections(metrics);
  private final SettableHealthChecker warm = new SettableHealthChecker(false);
  private final Protection protection;
  private final StaleFeedCache stale;
  private final ResilientFeedReader feeds;
  private final CursorCodec cursors;
  private final Server server;

  ServerFactory(ApiOptions options, RedisConnection redis, EventProducer producer) {
    this.options = options;
    ServerMetrics.of(redis, metrics);
    ProtectionOptions settings = options.protection();
    protection =
        new Protection(
            new CircuitBreaker(settings.breaker(), System::nanoTime),
            new ConcurrencyLimiter(settings.admission()),
            settings.deadline(),
            metrics);
    stale =
        new StaleFeedCache(settings.staleBytes(), settings.staleMaxAge(), Ticker.systemTicker());
    metrics.gauge("upswell.stale.pages", stale, StaleFeedCache::size);
    metrics.gauge("upswell.stale.bytes", stale, StaleFeedCache::bytes);
    EndedRelationships ended =
        new EndedRelationships(settings.staleMaxAge(), Ticker.systemTicker());
    RedisFeedStoreReader store = store(redis);
    FeedReader reader = reader(store);
    store.onChange(changes(reader));
    feeds = new ResilientFeedReader(reader, protection, stale, ended);
    cursors = CursorCodec.of(options.cursors(), InstantSource.system());
    AuthAndQuotaDecorator gate =
        new AuthAndQuotaDecorator(
            new Authenticator(options.auth(), InstantSource.system()),
            new RateLimitDecorator(options.limits(), redis, metrics));
    ServerBuilder builder = builder();
    Routes routes = new Routes(builder, options, gate, metrics);
    VideoVisibilities visibilities = new VideoVisibilities(reader.videos(), store);
    routes.reads(redis, visibilities, protection, feeds, cursors);
    routes.events(producer, ended);
    routes.operations(redis, protection, HealthCheckService.of(warm, canServe()));
    server = builder.build();
  }

  /** Returns the listener that keeps stale pages right. */
  private StoreChanges changes(FeedReader reader) {
    return new StoreChanges() {
      @Override
      public void videoChanged(long videoId) {
        reader.videos().changed(videoId);
      }

      @Override
      public void followingChanged(long userId) {
        stale.followingChanged(userId);
      }
    };
  }

  private FeedReader reader(RedisFeedStoreReader store) {
    return new FeedReader(
        store,
        options.feeds(),
        () -> ThreadLocalRandom.current().nextLong(),
        FeedClock.SYSTEM,
        options.reading());
  }

  private RedisFeedStoreReader store(RedisConnection redis) {
    if (options.reading().invalidationMaxLag().isZero()) {
      return new RedisFeedStoreReader(redis, options.feeds());
    }
    RedisFeedStoreReader store = RedisFeedStoreReader.tracking(redis, options.feeds());
    metrics.gauge("upswell.feed.tracked", store, RedisFeedStoreReader::trackedIds);
    return store;
  }

  /** Ready without Redis as long as there are stale pages. */
  private HealthChecker canServe() {
    return () -> !protection.breaker().rejects() || stale.size() > 0;
  }

  private ServerBuilder builder() {
    ServerBuilder builder = Server.builder();
    if (!options.limits().proxies().isEmpty()) {
      builder
          .clientAddressSources(ClientAddressSource.ofHeader("x-forwarded-for"))
          .clientAddressTrustedProxyFilter(anyOf(options.limits().proxies()));
    }
    return builder
        .http(new InetSocketAddress(options.host(), options.port()))
        .requestTimeout(options.deadline())
        .maxNumConnections(options.maxConnections())
        .http1MaxInitialLineLength(MAX_LINE_BYTES)
        .http1MaxHeaderSize(MAX_HEADER_BYTES)
        .http2MaxHeaderListSize(MAX_HEADER_BYTES)
        .childChannelPipelineCustomizer(
            pipeline ->
                pipeline.addFirst(
                    // Head and body, and answers that end at one time, go out in one write.
                    new FlushConsolidationHandler(DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true),
                    new SlowRequestTimeout(options.deadline().plus(SLOWER_THAN_DEADLINE))))
        .gracefulShutdownTimeout(options.quiet(), options.drain())
        .meterRegistry(metrics)
        .decorator(TracingService::new)
        .decorator(
            MetricCollectingService.newDecorator(MeterIdPrefixFunction.ofDefault("upswell.http")))
        .accessLogWriter(new RequestLogWriter(options.loggedRequests()), true)
        .errorHandler(new ProblemHandler(metrics))
        // The error handler logs what is relevant.
        .unloggedExceptionsReportInterval(Duration.ZERO);
  }

  private static Predicate<InetAddress> anyOf(List<String> networks) {
    List<Predicate<InetAddress>> all =
        networks.stream().map(InetAddressPredicates::ofCidr).toList();
    return address -> all.stream().anyMatch(network -> network.test(address));
  }

  Server server() {
    return server;
  }

  /** Returns the work of the JIT warm-up. */
  Runnable warmUp(Server started) {
    return new FeedJitWarmUp(feeds, cursors, started.config().workerGroup().next());
  }

  /** Marks the server as ready. */
  void ready() {
    warm.setHealthy(true);
  }

  @Override
  public void close() {
    collections.close();
    metrics.close();
  }
}
