package dev.upswell.api.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ShuttingDownException;
import com.linecorp.armeria.common.annotation.Nullable;
import com.linecorp.armeria.common.util.Exceptions;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.upswell.api.protection.RejectedException;
import dev.upswell.api.trace.Trace;
import dev.upswell.contract.Violation;
import dev.upswell.redis.RedisUnavailableException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Converts every error of a request to a problem, including those of the server itself. */
public final class ProblemHandler implements ServerErrorHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

  private final Map<HttpStatus, Counter> rejected = new HashMap<>();

  /** Creates a handler that counts rejections by reason. */
  public ProblemHandler(MeterRegistry metrics) {
    Map.of(
            HttpStatus.BAD_REQUEST, "invalid",
            HttpStatus.UNAUTHORIZED, "unauthenticated",
            HttpStatus.FORBIDDEN, "forbidden",
            HttpStatus.REQUEST_ENTITY_TOO_LARGE, "too_large",
            HttpStatus.TOO_MANY_REQUESTS, "limited")
        .forEach(
            (status, reason) ->
                rejected.put(status, metrics.counter("upswell.rejected", "reason", reason)));
  }

  private void count(HttpStatus status) {
    Counter counter = rejected.get(status);
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public HttpResponse onServiceException(ServiceRequestContext ctx, Throwable failure) {
    Problem problem = problemOf(ctx, Exceptions.peel(failure));
    count(problem.status());
    return problem.toResponse();
  }

  private static Problem problemOf(ServiceRequestContext ctx, Throwable failure) {
    if (failure instanceof ProblemException known) {
      return known.problem();
    }
    if (failure instanceof RedisUnavailableException) {
      LOG.atWarn()
          .addKeyValue("trace", Trace.of(ctx).id())
          .log("{}: {}", ctx.config().route().patternString(), failure.getMessage());
      return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "The store is unavailable.");
    }
    if (failure instanceof RejectedException rejected) {
      return Problem.later(
          HttpStatus.SERVICE_UNAVAILABLE, rejected.reason().text(), rejected.retryAfterSeconds());
    }
    if (failure instanceof RequestTimeoutException) {
      return Problem.of(
          HttpStatus.SERVICE_UNAVAILABLE, "Timeout after " + ctx.requestTimeoutMillis() + " ms.");
    }
    if (failure instanceof ShuttingDownException) {
      return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "This instance is shutting down; retry.");
    }
    if (failure instanceof HttpStatusException status) {
      return Problem.of(status.httpStatus(), status.httpStatus().reasonPhrase());
    }
    LOG.atError()
        .addKeyValue("trace", Trace.of(ctx).id())
        .setCause(failure)
        .log("{} failed", ctx.config().route().patternString());
    return Problem.of(
        HttpStatus.INTERNAL_SERVER_ERROR, "Internal error, logged with the request id.");
  }

  @Override
  public AggregatedHttpResponse renderStatus(
      @Nullable ServiceRequestContext ctx,
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    String detail = description == null ? status.reasonPhrase() : description;
    if (status.equals(HttpStatus.BAD_REQUEST)) {
      // The request line, headers or framing were invalid.
      Violation violation = new Violation("request", detail, "a request by RFC 9110 and 9112");
      return Problem.badRequest(violation).toAggregated();
    }
    return Problem.of(status, detail).toAggregated();
  }
}
