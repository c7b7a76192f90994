package dev.upswell.api.trending;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.upswell.api.http.CacheableJson;
import dev.upswell.api.http.Parameters;
import dev.upswell.api.protection.Protection;
import dev.upswell.api.visibility.VideoVisibilities;
import dev.upswell.redis.RedisConnection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/**
 * {@code GET /v1/trending?scope=&kind=&limit=}: rising or most viewed videos with their figures, as
 * written by jobs/trending. Without {@code asOf} before the first list. Thread-safe.
 */
public final class TrendingService implements HttpService {
  /** Half of the interval at which lists change. */
  private static final Duration MAX_AGE = Duration.ofSeconds(5);

  private final TrendingLists lists;
  private final Counter answers;

  /** A service on a connection, which stays the caller's to close. */
  public TrendingService(
      RedisConnection redis,
      VideoVisibilities visibilities,
      Protection protection,
      MeterRegistry metrics) {
    this.lists = new TrendingLists(redis, visibilities, protection);
    this.answers = metrics.counter("upswell.trending.responses");
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    TrendingQuery query = TrendingQuery.ofList(new Parameters(ctx));
    return HttpResponse.of(
        lists
            .read(query.scope(), ctx.eventLoop().withoutContext())
            .thenApply(
                found -> {
                  answers.increment();
                  return new CacheableJson(query.answer(found), MAX_AGE).to(request.headers());
                }));
  }
}
