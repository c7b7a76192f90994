package dev.upswell.api.feed;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.upswell.api.http.Parameters;
import dev.upswell.feeds.FeedPage;
import dev.upswell.feeds.FeedReader;
import dev.upswell.feeds.FeedRequest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/**
 * {@code GET /v1/users/{userId}/feed?limit=&cursor=&refresh=}: the videos of those whom a user
 * follows, newest first.
 *
 * <p>A page shorter than the limit is not the last one; the one without a cursor is. Thread-safe.
 */
public final class FeedService implements HttpService {
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 100;
  private static final ResponseHeaders HEADERS =
      ResponseHeaders.builder(HttpStatus.OK)
          .contentType(MediaType.JSON_UTF_8)
          .set(HttpHeaderNames.CACHE_CONTROL, "private, no-store")
          .build();

  private final FeedReader reader;
  private final Map<FeedPage.Source, Counter> pages = new EnumMap<>(FeedPage.Source.class);

  /** A service that counts its pages by where they come from. */
  public FeedService(FeedReader reader, MeterRegistry metrics) {
    this.reader = reader;
    for (FeedPage.Source source : FeedPage.Source.values()) {
      pages.put(source, metrics.counter("upswell.feed.pages", "source", FeedJson.nameOf(source)));
    }
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    Parameters parameters = new Parameters(ctx);
    long userId = parameters.id("userId");
    int limit = parameters.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    long below = parameters.text("cursor").map(FeedService::below).orElse(Long.MAX_VALUE);
    boolean refresh = parameters.flag("refresh");
    return HttpResponse.of(
        reader.read(new FeedRequest(userId, limit, below, refresh)).thenApply(this::answer));
  }

  private static long below(String cursor) {
    return Cursor.read(cursor)
        .orElseThrow(
            () -> Parameters.notAllowed("cursor", cursor, "the cursor of an earlier page"));
  }

  private HttpResponse answer(FeedPage page) {
    Counter counter = pages.get(page.source());
    if (counter != null) {
      counter.increment();
    }
    return HttpResponse.of(HEADERS, HttpData.wrap(FeedJson.write(page)));
  }
}
