package dev.upswell.local.trending;

import com.fasterxml.jackson.databind.JsonNode;
import dev.upswell.local.http.JsonApi;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads trending lists over HTTP. Thread-safe. */
public final class TrendingClient {
  private final JsonApi api;

  /** Reads from the API at an address such as {@code http://127.0.0.1:8080}. */
  public TrendingClient(String apiUrl) {
    this.api = new JsonApi(apiUrl);
  }

  /**
   * Reads a whole list. Fails without a valid response.
   *
   * @param scope such as {@code region:BR}
   * @param kind rising or top
   */
  public CompletableFuture<TrendingPage> list(String scope, String kind) {
    return api.get("/v1/trending?limit=100&kind=" + kind + "&scope=" + scope)
        .thenApply(TrendingClient::page);
  }

  private static TrendingPage page(JsonNode json) {
    List<TrendingPage.Entry> entries = new ArrayList<>();
    for (JsonNode entry : json.path("entries")) {
      entries.add(
          new TrendingPage.Entry(
              Long.parseLong(entry.path("videoId").textValue()),
              entry.path("score").doubleValue(),
              entry.path("engagement").doubleValue(),
              entry.path("baseline").doubleValue(),
              entry.path("deviation").doubleValue(),
              entry.path("views").doubleValue(),
              entry.path("viewers").doubleValue()));
    }
    long at = json.has("asOf") ? Instant.parse(json.path("asOf").textValue()).toEpochMilli() : 0;
    return new TrendingPage(at, entries);
  }
}
