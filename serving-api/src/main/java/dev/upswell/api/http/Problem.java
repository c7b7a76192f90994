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
 * @param violatedPolicies names of the quotas that are used up; may be empty
 * @param retryAfterSeconds when a client may try again what could not be answered now; 0 if that
 *     would not help
 */
public record Problem(
    HttpStatus status,
    String detail,
    List<Violation> violations,
    List<String> violatedPolicies,
    int retryAfterSeconds) {
  /** As draft-ietf-httpapi-ratelimit-headers has it. */
  private static final String QUOTA_EXCEEDED =
      "https://iana.org/assignments/http-problem-types#quota-exceeded";

  private static final MediaType TYPE = MediaType.create("application", "problem+json");

  private static final int RETRY_AFTER_SECONDS = 1;

  /** Keeps its own copy. */
  public Problem {
    violations = List.copyOf(violations);
    violatedPolicies = List.copyOf(violatedPolicies);
  }

  /** A problem that is not of one field. */
  public static Problem of(HttpStatus status, String detail) {
    boolean passing = status.equals(HttpStatus.SERVICE_UNAVAILABLE);
    return new Problem(status, detail, List.of(), List.of(), passing ? RETRY_AFTER_SECONDS : 0);
  }

  /** A request that is not allowed as it is. */
  public static Problem badRequest(Violation violation) {
    return badRequest(List.of(violation));
  }

  /** A request that is not allowed as it is. */
  public static Problem badRequest(List<Violation> violations) {
    return of(HttpStatus.BAD_REQUEST, violations);
  }

  /** A request that is refused for what is in these fields. */
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
