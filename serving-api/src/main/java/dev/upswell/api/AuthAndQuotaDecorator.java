package dev.upswell.api;

import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import dev.upswell.api.auth.AccessRule;
import dev.upswell.api.auth.Authenticator;
import dev.upswell.api.auth.Caller;
import dev.upswell.api.ratelimit.RateLimitDecorator;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Authenticates requests and consumes their quota before they reach their services. */
public final class AuthAndQuotaDecorator {
  private final Authenticator authentication;
  private final RateLimitDecorator limits;

  /** A gate with these two guards. */
  public AuthAndQuotaDecorator(Authenticator authentication, RateLimitDecorator limits) {
    this.authentication = authentication;
    this.limits = limits;
  }

  /**
   * Returns the decorated service.
   *
   * @param exchange whether bodies are streamed; other responses are sent with their headers in one
   *     write instead of two
   */
  public HttpService before(HttpService service, AccessRule access, ExchangeType exchange) {
    return access == AccessRule.OPEN ? service : new Gated(service, access, exchange);
  }

  private final class Gated extends SimpleDecoratingHttpService {
    private final AccessRule access;
    private final ExchangeType exchange;

    Gated(HttpService service, AccessRule access, ExchangeType exchange) {
      super(service);
      this.access = access;
      this.exchange = exchange;
    }

    @Override
    public ExchangeType exchangeType(RoutingContext request) {
      return exchange;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) throws Exception {
      CompletableFuture<Void> passed =
          authentication
              .authenticate(ctx, request, access)
              .exceptionallyCompose(rejected -> count(ctx, rejected))
              .thenCompose(known -> limits.consume(ctx, user(ctx)));
      if (passed.isDone() && !passed.isCompletedExceptionally()) {
        return unwrap().serve(ctx, request);
      }
      return HttpResponse.of(
          // The service finds itself where it would be without a gate.
          passed.thenApplyAsync(
              open -> {
                try {
                  return unwrap().serve(ctx, request);
                } catch (Exception e) {
                  // Services may throw any exception, which ends like without the decorator.
                  return HttpResponse.ofFailure(e);
                }
              },
              ctx.eventLoop()));
    }
  }

  /** Rejected requests also consume quota, so that tokens cannot be brute-forced. */
  private CompletableFuture<Void> count(ServiceRequestContext ctx, Throwable rejected) {
    return limits
        .consume(ctx, OptionalLong.empty())
        .thenCompose(counted -> CompletableFuture.failedFuture(rejected));
  }

  /** Returns the user of the token; without tokens, that of the path. */
  private static OptionalLong user(ServiceRequestContext ctx) {
    Caller caller = Caller.of(ctx);
    if (!caller.unchecked()) {
      return caller.userId();
    }
    String named = ctx.pathParam("userId");
    try {
      long id = named == null ? 0 : Long.parseLong(named);
      return id > 0 ? OptionalLong.of(id) : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
