package dev.upswell.api;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.metric.MeterIdPrefixFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.file.HttpFile;
import com.linecorp.armeria.server.healthcheck.HealthCheckService;
import com.linecorp.armeria.server.metric.MetricCollectingService;
import dev.upswell.api.events.EventProducer;
import dev.upswell.api.events.EventService;
import dev.upswell.api.feed.FeedService;
import dev.upswell.api.http.ProblemHandler;
import dev.upswell.api.stats.StatsService;
import dev.upswell.api.tiers.TiersService;
import dev.upswell.feeds.FeedClock;
import dev.upswell.feeds.FeedReader;
import dev.upswell.feeds.redis.RedisFeedStore;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.RedisUnavailableException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the API: connections, services, server; and ends them in the opposite order. */
public final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

  /** A thousand events of the usual size; a batch as large as its limit is larger than this. */
  private static final long MAX_REQUEST_BYTES = 1L << 20;

  private static final Pattern PATH_PARAMETER = Pattern.compile(":(\\w+)");

  private final RedisConnection redis;
  private final EventProducer producer;
  private final Server server;

  private ApiServer(RedisConnection redis, EventProducer producer, Server server) {
    this.redis = redis;
    this.producer = producer;
    this.server = server;
  }

  /** Starts a server and stops it on SIGTERM; {@code --help} prints the options. */
  public static void main(String[] args) {
    ApiOptions options = ApiOptions.from(ApiOptions.options().readOrExit(args));
    try {
      ApiServer api = start(options);
      Runtime.getRuntime().addShutdownHook(new Thread(api::close, "shutdown"));
    } catch (RedisUnavailableException e) {
      LOG.error(e.getMessage());
      System.exit(1);
    }
  }

  /**
   * Starts a server, ready when this returns.
   *
   * @throws RedisUnavailableException if there is no Redis
   */
  public static ApiServer start(ApiOptions options) {
    RedisConnection redis = RedisConnection.open(options.redis());
    EventProducer producer = new EventProducer(options.kafka(), options.deadline());
    Server server = server(options, redis, producer);
    server.start().join();
    LOG.info("serving on {}", server.activeLocalPort());
    return new ApiServer(redis, producer, server);
  }

  private static Server server(ApiOptions options, RedisConnection redis, EventProducer producer) {
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    FeedReader reader =
        new FeedReader(
            new RedisFeedStore(redis, options.feeds()),
            options.feeds(),
            () -> ThreadLocalRandom.current().nextLong(),
            FeedClock.SYSTEM,
            options.feedBudget());
    ServerBuilder server =
        Server.builder()
            .http(new InetSocketAddress(options.host(), options.port()))
            .requestTimeout(options.deadline())
            .maxRequestLength(MAX_REQUEST_BYTES)
            .gracefulShutdownTimeout(Duration.ZERO, options.drain())
            .meterRegistry(metrics)
            .decorator(
                MetricCollectingService.newDecorator(
                    MeterIdPrefixFunction.ofDefault("upswell.http")))
            .errorHandler(new ProblemHandler())
            // What is worth a line the handler has logged.
            .unloggedExceptionsReportInterval(Duration.ZERO);

    server
        .route()
        .get("/v1/users/{userId}/feed")
        .defaultServiceName("feed")
        .build(new FeedService(reader, metrics));
    server
        .route()
        .post("/v1/events")
        .defaultServiceName("events")
        .build(
            new EventService(
                options.topics(), options.maxEvents(), InstantSource.system(), producer, metrics));
    server
        .route()
        .get("/v1/videos/{videoId}/stats")
        .defaultServiceName("stats")
        .build(new StatsService(redis, InstantSource.system(), metrics));
    server
        .route()
        .get("/v1/tiers")
        .defaultServiceName("tiers")
        .build(new TiersService(redis, InstantSource.system(), metrics));

    server.service("/health/live", (ctx, request) -> HttpResponse.of("ok"));
    // Answers 503 from the moment on that the server is told to stop.
    server.service("/health/ready", HealthCheckService.of());
    server.service(
        "/metrics",
        (ctx, request) -> HttpResponse.of(MediaType.PLAIN_TEXT_UTF_8, metrics.scrape()));
    server.service("/docs/openapi.yaml", description());
    return server.build();
  }

  /** What the server answers, for programs (OpenAPI). */
  private static HttpService description() {
    return HttpFile.builder(ApiServer.class.getClassLoader(), "dev/upswell/api/openapi.yaml")
        .autoDetectedContentType(false)
        .setHeader(HttpHeaderNames.CONTENT_TYPE, "application/yaml")
        .build()
        .asService();
  }

  /** The paths that are served, with parameters in braces. */
  Set<String> paths() {
    return server.serviceConfigs().stream()
        .map(config -> PATH_PARAMETER.matcher(config.route().patternString()).replaceAll("{$1}"))
        .collect(Collectors.toSet());
  }

  /** Port that the server listens on. */
  public int port() {
    return server.activeLocalPort();
  }

  /** Answers what was begun, then ends everything. */
  @Override
  public void close() {
    server.stop().join();
    producer.close();
    redis.close();
  }
}
