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
 * Error by RFC 9457.
 *
 * @param detail explanation of this occurrence, for a person
 * @param violations invalid fields of the request; may be empty
 * @param violatedPolicies names of the exceeded quotas; may be empty
 * @param retryAfterSeconds time after which a retry may succeed; 0 if a retry is useless
 */
public record Problem(
    HttpStatus status,
    String detail,
    List<Violation> violations,
    List<String> violatedPolicies,
    int retryAfterSeconds) {
  /** Problem type of draft-ietf-httpapi-ratelimit-headers. */
  private static final String QUOTA_EXCEEDED =
      "https://iana.org/assignments/http-problem-types#quota-exceeded";

  private static final MediaType TYPE = MediaType.create("application", "problem+json");

  private static final int RETRY_AFTER_SECONDS = 1;

  /** Keeps its own copy. */
  public Problem {
    violations = List.copyOf(violations);
    violatedPolicies = List.copyOf(violatedPolicies);
  }

  /** Creates a problem without fields. */
  public static Problem of(HttpStatus status, String detail) {
    boolean passing = status.equals(HttpStatus.SERVICE_UNAVAILABLE);
    return new Problem(status, detail, List.of(), List.of(), passing ? RETRY_AFTER_SECONDS : 0);
  }

  /** Creates a 400 for an invalid field. */
  public static Problem badRequest(Violation violation) {
    return badRequest(List.of(violation));
  }

  /** Creates a 400 for invalid fields. */
  public static Problem badRequest(List<Violation> violations) {
    return of(HttpStatus.BAD_REQUEST, violations);
  }

  /** Creates a problem for fields. */
  public static Problem of(HttpStatus status, List<Violation> violations) {
    return new Problem(status, violations.get(0).toString(), violations, List.of(), 0);
  }

  /** A request that may succeed later. */
  public static Problem later(HttpStatus status, String detail, int retryAfterSeconds) {
    return new Problem(status, detail, List.of(), List.of(), retryAfterSeconds);
  }

  /** A request for which there is no quota left. */
  public static Problem overQuota(HttpStatus status, List<String> policies, int retryAfterSeconds) {
    String detail = "Too many requests of this " + String.join(" and this ", policies) + ".";
    return new Problem(status, detail, List.of(), policies, retryAfterSeconds);
  }

  /** The answer. */
  public HttpResponse toResponse() {
    return toAggregated().toHttpResponse();
  }

  /** The answer, whole. */
  AggregatedHttpResponse toAggregated() {
    JsonObject body = new JsonObject();
    body.addProperty("type", violatedPolicies.isEmpty() ? "about:blank" : QUOTA_EXCEEDED);
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
    if (!violatedPolicies.isEmpty()) {
      JsonArray policies = new JsonArray();
      violatedPolicies.forEach(policies::add);
      body.add("violated-policies", policies);
    }
    ResponseHeadersBuilder headers = ResponseHeaders.builder(status).contentType(TYPE);
    if (retryAfterSeconds > 0) {
      headers.addInt(HttpHeaderNames.RETRY_AFTER, retryAfterSeconds);
    }
    return AggregatedHttpResponse.of(headers.build(), HttpData.ofUtf8(body.toString()));
  }
}
