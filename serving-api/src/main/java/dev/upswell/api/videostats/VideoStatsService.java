package dev.upswell.api.videostats;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.upswell.api.http.CacheableJson;
import dev.upswell.api.http.Parameters;
import dev.upswell.api.protection.Priority;
import dev.upswell.api.protection.Protection;
import dev.upswell.contract.events.Tier;
import dev.upswell.contract.redis.RecentViewsValue;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.contract.redis.TierValue;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.pipeline.RedisReply;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * {@code GET /v1/videos/{videoId}/stats}: views of the last hour, tier and forecast of a video,
 * written by jobs/viral-detector at the end of each minute.
 *
 * <p>An unknown video has no views and is at the origin, like one without recent views. One round
 * trip to Redis. Thread-safe.
 */
public final class VideoStatsService implements HttpService {
  private final RedisConnection redis;
  private final Protection protection;
  private final InstantSource clock;
  private final Map<Tier, Counter> answers = new EnumMap<>(Tier.class);

  /** A service on a connection, which stays the caller's to close. */
  public VideoStatsService(
      RedisConnection redis, Protection protection, InstantSource clock, MeterRegistry metrics) {
    this.redis = redis;
    this.protection = protection;
    this.clock = clock;
    for (Tier tier : new Tier[] {Tier.ORIGIN, Tier.REGIONAL, Tier.EDGE}) {
      String name = tier.name().toLowerCase(Locale.ROOT);
      answers.put(tier, metrics.counter("upswell.stats.responses", "tier", name));
    }
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    long videoId = new Parameters(ctx).id("videoId");
    return HttpResponse.of(
        protection
            .read(
                Priority.STATISTICS,
                new StatsOf(videoId),
                ctx.eventLoop().withoutContext(),
                () -> read(videoId))
            .thenApply(
                stats -> {
                  Counter counter = answers.get(stats.tier());
                  if (counter != null) {
                    counter.increment();
                  }
                  return CacheableJson.ofMinute(stats.toJson(), clock).to(request.headers());
                }));
  }

  /** Key of shared reads. */
  private record StatsOf(long videoId) {}

  private CompletableFuture<VideoStats> read(long videoId) {
    Pipeline batch = new Pipeline(2);
    RedisReply<byte[]> views = batch.get(RedisKeys.views(videoId));
    RedisReply<byte[]> tier = batch.get(RedisKeys.tier(videoId));
    return redis
        .send(batch)
        .thenApply(
            done ->
                new VideoStats(
                    videoId,
                    views.found().map(RecentViewsValue::fromBytes),
                    tier.found().map(TierValue::fromBytes)));
  }
}
