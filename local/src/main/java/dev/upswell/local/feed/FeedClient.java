package dev.upswell.local.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Reads feeds over HTTP, as an app would. Thread-safe. */
public final class FeedClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int WALK_LIMIT = 50;
  private static final int WALK_TRIES = 30;
  private static final Executor SOON =
      CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS);

  private final String apiUrl;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Reads from the API at an address such as {@code http://127.0.0.1:8080}. */
  public FeedClient(String apiUrl) {
    this.apiUrl = apiUrl;
  }

  /**
   * All pages of a feed.
   *
   * @param entries in the order of the pages
   * @param warm whether the first page came from a warm feed
   */
  public record Walk(long userId, List<FeedPage.Entry> entries, boolean warm) {
    /** Keeps its own copy. */
    public Walk {
      entries = List.copyOf(entries);
    }
  }

  /** Reads a page. Fails with {@link FeedRefusedException} without a valid response. */
  public CompletableFuture<FeedPage> page(long userId, int limit, Optional<String> cursor) {
    String after =
        cursor.map(c -> "&cursor=" + URLEncoder.encode(c, StandardCharsets.UTF_8)).orElse("");
    return get("/v1/users/" + userId + "/feed?limit=" + limit + after);
  }

  private CompletableFuture<FeedPage> get(String path) {
    URI uri = URI.create(apiUrl + path);
    return client
        .sendAsync(HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(), BodyHandlers.ofString())
        .thenApply(FeedClient::read);
  }

  /** Reads a feed to its end. A page that is rejected or incomplete is requested again. */
  public CompletableFuture<Walk> walk(long userId) {
    return completePage(userId, Optional.empty(), WALK_TRIES)
        .thenCompose(
            first ->
                rest(userId, first, new ArrayList<>())
                    .thenApply(entries -> new Walk(userId, entries, first.warm())));
  }

  private CompletableFuture<List<FeedPage.Entry>> rest(
      long userId, FeedPage page, List<FeedPage.Entry> entries) {
    entries.addAll(page.entries());
    return page.cursor().isEmpty()
        ? CompletableFuture.completedFuture(entries)
        : completePage(userId, page.cursor(), WALK_TRIES)
            .thenCompose(next -> rest(userId, next, entries));
  }

  private CompletableFuture<FeedPage> completePage(
      long userId, Optional<String> cursor, int triesLeft) {
    CompletableFuture<FeedPage> replies =
        cursor.isPresent()
            ? page(userId, WALK_LIMIT, cursor)
            // A snapshot would not measure the computation.
            : get("/v1/users/" + userId + "/feed?limit=" + WALK_LIMIT + "&refresh=true");
    return replies
        .thenCompose(
            page ->
                page.degraded().isEmpty() || triesLeft == 0
                    ? CompletableFuture.completedFuture(page)
                    : againSoon(userId, cursor, triesLeft - 1))
        .exceptionallyCompose(
            failure ->
                isPassing(failure) && triesLeft > 0
                    ? againSoon(userId, cursor, triesLeft - 1)
                    : CompletableFuture.failedFuture(failure));
  }

  private CompletableFuture<FeedPage> againSoon(
      long userId, Optional<String> cursor, int triesLeft) {
    return CompletableFuture.supplyAsync(() -> cursor, SOON)
        .thenCompose(same -> completePage(userId, same, triesLeft));
  }

  private static boolean isPassing(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof FeedRefusedException refused && refused.isPassing();
  }

  private static FeedPage read(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      throw new FeedRefusedException(
          response.uri().toString(), response.statusCode(), response.body());
    }
    try {
      JsonNode body = JSON.readTree(response.body());
      List<FeedPage.Entry> entries = new ArrayList<>();
      for (JsonNode entry : body.path("entries")) {
        entries.add(
            new FeedPage.Entry(
                Long.parseLong(entry.path("videoId").textValue()),
                Long.parseLong(entry.path("creatorId").textValue()),
                Instant.parse(entry.path("publishedAt").textValue()).toEpochMilli()));
      }
      List<String> degraded = new ArrayList<>();
      body.path("degraded").forEach(source -> degraded.add(source.asText()));
      return new FeedPage(
          entries,
          Optional.ofNullable(body.path("cursor").textValue()),
          "warm".equals(body.path("source").textValue()),
          degraded);
    } catch (JsonProcessingException e) {
      throw new CompletionException("not JSON: " + response.body(), e);
    }
  }
}
