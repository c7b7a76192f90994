package dev.upswell.local.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An HTTP server that answers requests for feeds with what it was given, each answer once but the
 * last.
 */
public final class FakeApi implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Queue<Answer>> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new ArrayList<>();

  private record Answer(int status, String body) {}

  public FakeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Adds an answer for a path with its query, such as {@code /v1/users/1/feed?limit=50}. */
  public FakeApi on(String uri, int status, String body) {
    answers.computeIfAbsent(uri, any -> new ArrayDeque<>()).add(new Answer(status, body));
    return this;
  }

  public synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String uri = exchange.getRequestURI().toString();
    requests.add(uri);
    Queue<Answer> left = answers.getOrDefault(uri, new ArrayDeque<>());
    Answer answer = left.size() > 1 ? left.remove() : left.peek();
    if (answer == null) {
      answer = new Answer(404, "nothing at " + uri);
    }
    byte[] body = answer.body().getBytes(UTF_8);
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
