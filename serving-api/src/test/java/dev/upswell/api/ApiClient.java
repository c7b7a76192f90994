package dev.upswell.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks a server, as a client would. */
record ApiClient(int port) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  HttpRequest.Builder path(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  /** Sends a request; the answer is one that openapi.yaml describes. */
  HttpResponse<String> send(HttpRequest.Builder builder) {
    HttpRequest request = builder.timeout(Duration.ofSeconds(10)).build();
    HttpResponse<String> response;
    try {
      response = HTTP.send(request, BodyHandlers.ofString());
    } catch (Exception e) {
      throw new AssertionError("no response", e);
    }
    OpenApi.check(request, response);
    return response;
  }

  HttpResponse<String> get(String path) {
    return send(path(path));
  }

  /** The body of an answer, which must be 200. */
  JsonObject json(String path) {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type"))
        .hasValue("application/json; charset=utf-8");
    return json(response);
  }

  /** Returns the video ids of all pages of a feed. */
  List<String> walk(long user, int limit) {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      JsonObject page = json("/v1/users/" + user + "/feed?limit=" + limit + cursor);
      for (JsonElement entry : page.getAsJsonArray("entries")) {
        ids.add(entry.getAsJsonObject().get("videoId").getAsString());
      }
      cursor = page.has("cursor") ? "&cursor=" + page.get("cursor").getAsString() : "";
    } while (!cursor.isEmpty());
    return ids;
  }

  /** Returns the value of a metric, summed over its labels. */
  double metric(String name) {
    return metric(get("/metrics"), name);
  }

  static double metric(HttpResponse<String> metrics, String name) {
    return metrics
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  static JsonObject json(HttpResponse<String> response) {
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }

  static JsonObject problem(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
    JsonObject problem = json(response);
    assertThat(problem.get("status").getAsInt()).isEqualTo(status);
    return problem;
  }

  /** Returns the field that the first error of a problem names. */
  static String field(JsonObject problem) {
    return problem.getAsJsonArray("errors").get(0).getAsJsonObject().get("field").getAsString();
  }
}
