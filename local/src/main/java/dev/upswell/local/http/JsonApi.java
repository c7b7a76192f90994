package dev.upswell.local.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Reads JSON from the API. Thread-safe. */
public final class JsonApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final String url;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * Creates a client.
   *
   * @param url address such as {@code http://127.0.0.1:8080}
   */
  public JsonApi(String url) {
    this.url = url;
  }

  /**
   * Returns the body; fails for a status other than 200 or no JSON.
   *
   * @param path with the query
   */
  public CompletableFuture<JsonNode> get(String path) {
    URI uri = URI.create(url + path);
    return client
        .sendAsync(HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(), BodyHandlers.ofString())
        .thenApply(JsonApi::read);
  }

  private static JsonNode read(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      throw new CompletionException(
          new IllegalStateException(
              response.uri() + " says " + response.statusCode() + ": " + response.body()));
    }
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new CompletionException("not JSON: " + response.body(), e);
    }
  }
}
