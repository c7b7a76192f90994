package dev.upswell.api.feed;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.upswell.api.auth.Caller;
import dev.upswell.api.cursor.CursorCodec;
import dev.upswell.api.http.Parameters;
import dev.upswell.api.protection.Priority;
import dev.upswell.feeds.FeedPage;
import dev.upswell.feeds.FeedRequest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * {@code GET /v1/users/{userId}/feed?limit=&cursor=&refresh=}: the videos of the followees, newest
 * first.
 *
 * <p>The page without a cursor is the last one. Others are full, unless a read reaches its time or
 * its bound before it has found enough visible videos. Thread-safe.
 */
public final class FeedService implements HttpService {
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 100;
  private static final String PAGES = "upswell.feed.pages";
  private static final Duration[] STALE_BUCKETS =
      LongStream.of(100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
          .mapToObj(micros -> Duration.of(micros, ChronoUnit.MICROS))
          .toArray(Duration[]::new);
  private static final AsciiString PURPOSE = HttpHeaderNames.of("sec-purpose");
  private static final ResponseHeaders HEADERS =
      ResponseHeaders.builder(HttpStatus.OK)
          .contentType(MediaType.JSON_UTF_8)
          .set(HttpHeaderNames.CACHE_CONTROL, "private, no-store")
          .build();

  private final ResilientFeedReader feeds;
  private final CursorCodec cursors;
  private final Map<FeedPage.Source, Counter> pages = new EnumMap<>(FeedPage.Source.class);
  private final Counter stale;
  private final Counter servedFromCache;
  private final Timer staleTimes;

  /** Creates the service, which counts pages by feed state. */
  public FeedService(ResilientFeedReader feeds, CursorCodec cursors, MeterRegistry metrics) {
    this.feeds = feeds;
    this.cursors = cursors;
    for (FeedPage.Source source : FeedPage.Source.values()) {
      pages.put(source, metrics.counter(PAGES, "source", FeedJson.nameOf(source)));
    }
    stale = metrics.counter(PAGES, "source", "stale");
    servedFromCache =
        Counter.builder("upswell.feed.pages.served_from_cache")
            .description("Warm pages from the cache, without a query to Redis")
            .register(metrics);
    staleTimes =
        Timer.builder("upswell.stale.responses")
            .description("From the request to a stale page, while the store is left alone")
            .serviceLevelObjectives(STALE_BUCKETS)
            .register(metrics);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    Parameters parameters = new Parameters(ctx);
    long userId = parameters.id("userId");
    Caller.of(ctx).requireUser("userId", userId);
    int limit = parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    long below =
        parameters.text("cursor").map(cursor -> below(userId, cursor)).orElse(Long.MAX_VALUE);
    FeedRequest wanted = new FeedRequest(userId, limit, below, parameters.flag("refresh"));
    Optional<FeedReadResult> cached = feeds.cached(wanted);
    if (cached.isPresent()) {
      servedFromCache.increment();
      return answer(ctx, cached.get(), userId);
    }
    boolean waitedFor = wanted.isFirst() && !isPrefetch(request);
    return HttpResponse.of(
        feeds
            .read(
                wanted,
                waitedFor ? Priority.FIRST_PAGE : Priority.LATER_PAGE,
                ctx.eventLoop().withoutContext())
            .thenApply(answer -> answer(ctx, answer, userId)));
  }

  /**
   * Returns whether the request is a prefetch by the Fetch standard, which gets a lower priority.
   */
  private static boolean isPrefetch(HttpRequest request) {
    return request.headers().get(PURPOSE, "").startsWith("prefetch");
  }

  private long below(long userId, String cursor) {
    return cursors
        .open(userId, cursor)
        .orElseThrow(
            () ->
                Parameters.notAllowed(
                    "cursor", cursor, "the cursor of an earlier page of this feed, not too old"));
  }

  private HttpResponse answer(ServiceRequestContext ctx, FeedReadResult answer, long userId) {
    if (answer instanceof FeedReadResult.Stale old && old.withoutQuery()) {
      staleTimes.record(
          System.nanoTime() - ctx.log().partial().requestStartTimeNanos(), TimeUnit.NANOSECONDS);
    }
    Counter counter =
        answer instanceof FeedReadResult.Stale ? stale : pages.get(answer.page().source());
    if (counter != null) {
      counter.increment();
    }
    return HttpResponse.of(HEADERS, FeedJson.write(answer, userId, cursors));
  }
}
