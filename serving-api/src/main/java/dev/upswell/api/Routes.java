package dev.upswell.api;

import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.file.HttpFile;
import com.linecorp.armeria.server.healthcheck.HealthCheckService;
import dev.upswell.api.auth.AccessRule;
import dev.upswell.api.cursor.CursorCodec;
import dev.upswell.api.diagnostics.DiagnosticsService;
import dev.upswell.api.events.EventProducer;
import dev.upswell.api.events.EventService;
import dev.upswell.api.feed.EndedRelationships;
import dev.upswell.api.feed.FeedService;
import dev.upswell.api.feed.ResilientFeedReader;
import dev.upswell.api.protection.Protection;
import dev.upswell.api.tiers.TiersService;
import dev.upswell.api.trending.TrendingService;
import dev.upswell.api.trending.TrendingStreamService;
import dev.upswell.api.videos.VideosService;
import dev.upswell.api.videostats.VideoStatsService;
import dev.upswell.api.visibility.VideoVisibilities;
import dev.upswell.redis.RedisConnection;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;

/** Table of paths and services. */
final class Routes {
  /** Maximum body of requests that need none. */
  private static final long NO_BODY_BYTES = 1_024;

  private final ServerBuilder server;
  private final ApiOptions options;
  private final AuthAndQuotaDecorator gate;
  private final PrometheusMeterRegistry metrics;

  Routes(
      ServerBuilder server,
      ApiOptions options,
      AuthAndQuotaDecorator gate,
      PrometheusMeterRegistry metrics) {
    this.server = server;
    this.options = options;
    this.gate = gate;
    this.metrics = metrics;
  }

  /** Adds the endpoints that read the results of jobs. */
  void reads(
      RedisConnection redis,
      VideoVisibilities visibilities,
      Protection protection,
      ResilientFeedReader feeds,
      CursorCodec cursors) {
    InstantSource clock = InstantSource.system();
    get(
        "/v1/users/{userId}/feed",
        "feed",
        AccessRule.TOKEN,
        new FeedService(feeds, cursors, metrics));
    get(
        "/v1/videos/{videoId}/stats",
        "stats",
        AccessRule.TOKEN,
        new VideoStatsService(redis, visibilities, protection, clock, metrics));
    get(
        "/v1/tiers",
        "tiers",
        AccessRule.TOKEN,
        new TiersService(redis, visibilities, protection, clock, metrics));
    get(
        "/v1/videos",
        "videos",
        AccessRule.TOKEN,
        new VideosService(redis, visibilities, protection, metrics));
    get(
        "/v1/trending",
        "trending",
        AccessRule.TOKEN,
        new TrendingService(redis, visibilities, protection, metrics));
    get(
        "/v1/trending/stream",
        "trending-stream",
        AccessRule.TOKEN,
        new TrendingStreamService(redis, visibilities, protection, options.maxStreams(), metrics),
        ExchangeType.RESPONSE_STREAMING);
  }

  /** Adds the endpoint for events. */
  void events(EventProducer producer, EndedRelationships ended) {
    server
        .route()
        .post("/v1/events")
        .defaultServiceName("events")
        .maxRequestLength(options.maxBodyBytes())
        .build(
            gate.before(
                new EventService(
                    options.topics(),
                    options.maxEvents(),
                    options.auth().eventsScope(),
                    InstantSource.system(),
                    producer,
                    ended,
                    metrics),
                AccessRule.TOKEN,
                ExchangeType.REQUEST_STREAMING));
  }

  /** Adds the endpoints for operators and probes. */
  void operations(RedisConnection redis, Protection protection, HealthCheckService ready) {
    get("/health/live", "live", AccessRule.OPEN, (ctx, request) -> HttpResponse.of("ok"));
    // Returns 503 during warm-up and shutdown.
    get("/health/ready", "ready", AccessRule.OPEN, ready);
    get(
        "/metrics",
        "metrics",
        AccessRule.OPERATOR,
        (ctx, request) -> HttpResponse.of(MediaType.PLAIN_TEXT_UTF_8, metrics.scrape()));
    get(
        "/stats",
        "diagnostics",
        AccessRule.OPERATOR,
        new DiagnosticsService(metrics, protection, redis));
    get(
        "/docs",
        "docs",
        AccessRule.OPEN,
        (ctx, request) -> HttpResponse.ofRedirect("/docs/openapi.yaml"));
    get("/docs/openapi.yaml", "docs", AccessRule.OPEN, description());
  }

  /** Returns the OpenAPI description. */
  private static HttpService description() {
    return HttpFile.builder(ApiServer.class.getClassLoader(), "dev/upswell/api/openapi.yaml")
        .autoDetectedContentType(false)
        .setHeader(HttpHeaderNames.CONTENT_TYPE, "application/yaml")
        .build()
        .asService();
  }

  private void get(String path, String name, AccessRule access, HttpService service) {
    get(path, name, access, service, ExchangeType.UNARY);
  }

  private void get(
      String path, String name, AccessRule access, HttpService service, ExchangeType exchange) {
    server
        .route()
        .get(path)
        .defaultServiceName(name)
        .maxRequestLength(NO_BODY_BYTES)
        .build(gate.before(service, access, exchange));
  }
}
