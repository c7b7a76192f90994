package dev.upswell.api.tiers;

import com.google.protobuf.InvalidProtocolBufferException;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.upswell.api.http.CacheableJson;
import dev.upswell.api.http.Parameters;
import dev.upswell.api.protection.Priority;
import dev.upswell.api.protection.Protection;
import dev.upswell.api.visibility.VideoVisibilities;
import dev.upswell.contract.events.Promotion;
import dev.upswell.contract.events.TierOverview;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.pipeline.RedisReply;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * {@code GET /v1/tiers?limit=}: the number of videos per tier, the thresholds, and the last
 * promotions of public videos with their figures, newest first.
 *
 * <p>Written by jobs/viral-detector at the end of each minute; without {@code at} before the first.
 * Thread-safe.
 */
public final class TiersService implements HttpService {
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 100;
  private static final String KEY = "tiers";

  private final RedisConnection redis;
  private final VideoVisibilities visibilities;
  private final Protection protection;
  private final InstantSource clock;
  private final Counter answers;

  /** A service on a connection, which stays the caller's to close. */
  public TiersService(
      RedisConnection redis,
      VideoVisibilities visibilities,
      Protection protection,
      InstantSource clock,
      MeterRegistry metrics) {
    this.redis = redis;
    this.visibilities = visibilities;
    this.protection = protection;
    this.clock = clock;
    this.answers = metrics.counter("upswell.tiers.responses");
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    int limit = new Parameters(ctx).number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    return HttpResponse.of(
        protection
            .read(Priority.STATISTICS, KEY, ctx.eventLoop().withoutContext(), () -> read())
            .thenApply(
                overview -> {
                  answers.increment();
                  return CacheableJson.ofMinute(TiersJson.write(overview, limit), clock)
                      .to(request.headers());
                }));
  }

  private CompletableFuture<TierOverview> read() {
    Pipeline batch = new Pipeline(1);
    RedisReply<byte[]> overview = batch.get(RedisKeys.tiers());
    return redis
        .send(batch)
        .thenCompose(
            done ->
                publicOnly(
                    overview
                        .found()
                        .map(TiersService::parse)
                        .orElse(TierOverview.getDefaultInstance())));
  }

  /** Leaves out promotions before the limit is applied. */
  private CompletableFuture<TierOverview> publicOnly(TierOverview overview) {
    List<Promotion> all = overview.getLastList();
    return visibilities
        .publicOf(all.stream().map(Promotion::getVideoId).toList())
        .thenApply(
            shown ->
                overview.toBuilder()
                    .clearLast()
                    .addAllLast(
                        all.stream()
                            .filter(promotion -> shown.contains(promotion.getVideoId()))
                            .toList())
                    .build());
  }

  private static TierOverview parse(byte[] packed) {
    try {
      return TierOverview.parseFrom(packed);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the key `tiers` has no valid tier overview", e);
    }
  }
}
