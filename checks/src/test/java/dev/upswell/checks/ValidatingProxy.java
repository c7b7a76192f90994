package dev.upswell.checks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.Urls;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Proxy between clients and the API that validates each request and each response with
 * openapi.yaml. It forwards all of them, and {@link #assertNothingWasWrong} reports violations.
 */
final class ValidatingProxy implements AutoCloseable {
  private final OpenApiInteractionValidator validator =
      OpenApiInteractionValidator.createForInlineApiSpecification(specification()).build();
  private final List<String> wrong = new CopyOnWriteArrayList<>();
  private final AtomicInteger passed = new AtomicInteger();
  private final WireMockServer server =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1").disableRequestJournal());

  private ValidatingProxy() {}

  /**
   * Starts it.
   *
   * @param api where the API is, such as {@code http://127.0.0.1:8080}
   */
  static ValidatingProxy before(String api) {
    ValidatingProxy proxy = new ValidatingProxy();
    proxy.server.stubFor(any(anyUrl()).willReturn(aResponse().proxiedFrom(api)));
    proxy.server.addMockServiceRequestListener(proxy::validate);
    proxy.server.start();
    return proxy;
  }

  private static String specification() {
    ClassLoader loader = ValidatingProxy.class.getClassLoader();
    try (InputStream file = loader.getResourceAsStream("dev/upswell/api/openapi.yaml")) {
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new AssertionError("no openapi.yaml", e);
    }
  }

  String url() {
    return server.baseUrl();
  }

  private void validate(Request request, Response response) {
    ValidationReport report = validator.validate(simple(request), simple(response));
    passed.incrementAndGet();
    for (ValidationReport.Message message : report.getMessages()) {
      wrong.add(
          "%s %s, %d: %s"
              .formatted(request.getMethod(), request.getUrl(), response.getStatus(), message));
    }
  }

  private static SimpleRequest simple(Request request) {
    URI uri = URI.create(request.getUrl());
    SimpleRequest.Builder simple =
        new SimpleRequest.Builder(Method.valueOf(request.getMethod().getName()), uri.getPath());
    request.getAllHeaderKeys().forEach(key -> simple.withHeader(key, request.getHeader(key)));
    Urls.splitQuery(uri).forEach((name, query) -> simple.withQueryParam(name, query.values()));
    if (request.getBody().length > 0) {
      simple.withBody(request.getBody());
    }
    return simple.build();
  }

  private static SimpleResponse simple(Response response) {
    SimpleResponse.Builder simple = SimpleResponse.Builder.status(response.getStatus());
    response.getHeaders().all().forEach(header -> simple.withHeader(header.key(), header.values()));
    return simple.withBody(response.getBodyAsString()).build();
  }

  /** Fails if no request passed, or any violated openapi.yaml. */
  void assertNothingWasWrong() {
    assertThat(passed).hasPositiveValue();
    assertThat(wrong).isEmpty();
  }

  @Override
  public void close() {
    server.stop();
  }
}
