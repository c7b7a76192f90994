package dev.upswell.api.videostats;

import com.google.gson.JsonObject;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.upswell.api.auth.Caller;
import dev.upswell.api.http.CacheableJson;
import dev.upswell.api.http.Parameters;
import dev.upswell.api.protection.Priority;
import dev.upswell.api.protection.Protection;
import dev.upswell.api.visibility.VideoVisibilities;
import dev.upswell.contract.events.Tier;
import dev.upswell.contract.redis.Following;
import dev.upswell.contract.redis.RecentViewsValue;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.contract.redis.TierValue;
import dev.upswell.feeds.store.VideoVisibility;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.pipeline.RedisReply;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * {@code GET /v1/videos/{videoId}/stats}: views of the last hour, tier and forecast of a video,
 * written by jobs/viral-detector at the end of each minute.
 *
 * <p>A video that the caller may not see is answered like an unknown one: without views, at the
 * origin. So is one without recent views. One or two round trips to Redis. Thread-safe.
 */
public final class VideoStatsService implements HttpService {
  private final RedisConnection redis;
  private final VideoVisibilities visibilities;
  private final Protection protection;
  private final InstantSource clock;
  private final Map<Tier, Counter> answers = new EnumMap<>(Tier.class);

  /** A service on a connection, which stays the caller's to close. */
  public VideoStatsService(
      RedisConnection redis,
      VideoVisibilities visibilities,
      Protection protection,
      InstantSource clock,
      MeterRegistry metrics) {
    this.redis = redis;
    this.visibilities = visibilities;
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
    Caller caller = Caller.of(ctx);
    return HttpResponse.of(
        protection
            .read(
                Priority.STATISTICS,
                new StatsOf(videoId),
                ctx.eventLoop().withoutContext(),
                () -> read(videoId))
            .thenCompose(found -> visible(found, caller, ctx.eventLoop().withoutContext()))
            .thenApply(found -> answer(request, found)));
  }

  /** Keys of shared reads. */
  private record StatsOf(long videoId) {}

  private record FollowingOf(long userId) {}

  /** Statistics, with the visibility of the video. */
  private record Found(VideoStats stats, VideoVisibility visibility) {
    Found hidden() {
      return new Found(
          new VideoStats(stats.videoId(), Optional.empty(), Optional.empty()),
          VideoVisibility.HIDDEN);
    }
  }

  private CompletableFuture<Found> visible(Found found, Caller caller, EventLoop thread) {
    CompletableFuture<Following> following =
        VideoVisibilities.needsFollowing(found.visibility, caller)
            ? following(caller.userId().orElse(0), thread)
            : CompletableFuture.completedFuture(Following.NONE);
    return following.thenApply(
        known ->
            VideoVisibilities.isVisible(found.visibility, caller, known) ? found : found.hidden());
  }

  private CompletableFuture<Following> following(long userId, EventLoop thread) {
    return protection.read(
        Priority.STATISTICS, new FollowingOf(userId), thread, () -> visibilities.following(userId));
  }

  private HttpResponse answer(HttpRequest request, Found found) {
    Counter counter = answers.get(found.stats.tier());
    if (counter != null) {
      counter.increment();
    }
    JsonObject json = found.stats.toJson();
    return VideoVisibilities.isForFollowers(found.visibility)
        ? CacheableJson.toOne(json)
        : CacheableJson.ofMinute(json, clock).to(request.headers());
  }

  private CompletableFuture<Found> read(long videoId) {
    Pipeline batch = new Pipeline(2);
    RedisReply<byte[]> views = batch.get(RedisKeys.views(videoId));
    RedisReply<byte[]> tier = batch.get(RedisKeys.tier(videoId));
    // Both are sent at once.
    return visibilities
        .of(videoId)
        .thenCombine(
            redis.send(batch),
            (visibility, done) ->
                new Found(
                    new VideoStats(
                        videoId,
                        views.found().map(RecentViewsValue::fromBytes),
                        tier.found().map(TierValue::fromBytes)),
                    visibility));
  }
}
