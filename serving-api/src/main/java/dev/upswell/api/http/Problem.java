package dev.upswell.api.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.upswell.contract.Violation;
import java.util.List;

/**
 * An error as RFC 9457 has it.
 *
 * @param detail what went wrong this time, for a person
 * @param violations what is wrong with which field of the request; may be empty
 */
public record Problem(HttpStatus status, String detail, List<Violation> violations) {
  private static final MediaType TYPE = MediaType.create("application", "problem+json");

  /** Seconds after which a client may try again what could not be answered now. */
  private static final int RETRY_AFTER_SECONDS = 1;

  /** Keeps its own copy. */
  public Problem {
    violations = List.copyOf(violations);
  }

  /** A problem that is not of one field. */
  public static Problem of(HttpStatus status, String detail) {
    return new Problem(status, detail, List.of());
  }

  /** A request that is not allowed as it is. */
  public static Problem badRequest(Violation violation) {
    return badRequest(List.of(violation));
  }

  /** A request that is not allowed as it is. */
  public static Problem badRequest(List<Violation> violations) {
    return new Problem(HttpStatus.BAD_REQUEST, violations.get(0).toString(), violations);
  }

  /** The answer. */
  public HttpResponse toResponse() {
    return toAggregated().toHttpResponse();
  }

  /** The answer, whole. */
  AggregatedHttpResponse toAggregated() {
    JsonObject body = new JsonObject();
    body.addProperty("type", "about:blank");
    body.addProperty("title", status.reasonPhrase());
    body.addProperty("status", status.code());
    body.addProperty("detail", detail);
    if (!violations.isEmpty()) {
      JsonArray errors = new JsonArray();
      for (Violation violation : violations) {
        JsonObject error = new JsonObject();
        error.addProperty("field", violation.field());
        error.addProperty("given", violation.given());
        error.addProperty("expected", violation.expected());
        errors.add(error);
      }
      body.add("errors", errors);
    }
    ResponseHeadersBuilder headers = ResponseHeaders.builder(status).contentType(TYPE);
    if (status.equals(HttpStatus.SERVICE_UNAVAILABLE)) {
      headers.addInt(HttpHeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return AggregatedHttpResponse.of(headers.build(), HttpData.ofUtf8(body.toString()));
  }
}
