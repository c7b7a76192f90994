package dev.upswell.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ValidatingProxyTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private HttpServer api;
  private ValidatingProxy proxy;

  @BeforeEach
  void start() throws IOException {
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.createContext("/health/live", answer("text/plain; charset=utf-8", "ok"));
    api.createContext("/v1/tiers", answer("application/json; charset=utf-8", "{\"counts\":1}"));
    api.start();
    proxy = ValidatingProxy.before("http://127.0.0.1:" + api.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    proxy.close();
    api.stop(0);
  }

  private static HttpHandler answer(String type, String text) {
    byte[] body = text.getBytes(UTF_8);
    return exchange -> {
      exchange.getResponseHeaders().add("Content-Type", type);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    };
  }

  private String get(String path) throws Exception {
    URI uri = URI.create(proxy.url() + path);
    return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  @Test
  void validCallsPass() throws Exception {
    assertThat(get("/health/live")).isEqualTo("ok");
    proxy.assertNothingWasWrong();
  }

  @Test
  void undescribedResponseIsForwardedAndReported() throws Exception {
    assertThat(get("/v1/tiers")).isEqualTo("{\"counts\":1}");
    assertThatThrownBy(proxy::assertNothingWasWrong)
        .hasMessageContaining("GET /v1/tiers, 200")
        .hasMessageContaining("[Path '/counts'] Instance type (integer)");
  }

  @Test
  void invalidRequestIsForwardedAndReported() throws Exception {
    get("/v1/tiers?limit=none");
    assertThatThrownBy(proxy::assertNothingWasWrong)
        .hasMessageContaining("GET /v1/tiers?limit=none")
        .hasMessageContaining("Instance type (string) does not match");
  }

  @Test
  void thatNothingPassedIsNotEnough() {
    assertThatThrownBy(proxy::assertNothingWasWrong).isInstanceOf(AssertionError.class);
  }
}
