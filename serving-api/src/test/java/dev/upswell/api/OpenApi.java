package dev.upswell.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;

/** Reads openapi.yaml. */
final class OpenApi {
  static final String TEXT = read();

  private static final OpenApiInteractionValidator VALIDATOR =
      OpenApiInteractionValidator.createForInlineApiSpecification(TEXT).build();

  private OpenApi() {}

  private static String read() {
    try (InputStream file = OpenApi.class.getResourceAsStream("openapi.yaml")) {
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new AssertionError("no openapi.yaml", e);
    }
  }

  /** Fails unless the answer to a request is one that the file describes. */
  static void check(HttpRequest request, HttpResponse<String> response) {
    if (response.statusCode() == 404 || response.statusCode() == 405) {
      // To a path that is not there.
      return;
    }
    String type = response.headers().firstValue("content-type").orElse("");
    checkResponse(
        Method.valueOf(request.method().toUpperCase(Locale.ROOT)),
        request.uri().getPath(),
        response.statusCode(),
        type,
        response.body());
  }

  static void checkResponse(Method method, String path, int status, String type, String body) {
    SimpleResponse.Builder response = SimpleResponse.Builder.status(status);
    if (!body.isEmpty()) {
      response.withContentType(type).withBody(body);
    }
    check(VALIDATOR.validateResponse(path, method, response.build()), method + " " + path);
  }

  static void checkRequest(Method method, String path, String type, String body) {
    SimpleRequest request =
        new SimpleRequest.Builder(method, path).withContentType(type).withBody(body).build();
    check(VALIDATOR.validateRequest(request), method + " " + path);
  }

  private static void check(ValidationReport report, String what) {
    assertThat(report.getMessages()).as(what).isEmpty();
  }
}
