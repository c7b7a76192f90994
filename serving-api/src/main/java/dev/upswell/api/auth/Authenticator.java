package dev.upswell.api.auth;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.upswell.api.auth.AuthOptions.Mode;
import dev.upswell.api.auth.TokenVerifier.BadTokenException;
import dev.upswell.api.auth.TokenVerifier.KeysUnavailableException;
import dev.upswell.api.http.Problem;
import dev.upswell.api.http.ProblemException;
import dev.upswell.contract.Violation;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Authenticates callers and checks access rules. Thread-safe. */
public final class Authenticator {
  private static final Logger LOG = LoggerFactory.getLogger(Authenticator.class);
  private static final String SCHEME = "Bearer ";
  private static final String FIELD = "Authorization";

  private final AuthOptions settings;
  private final Optional<TokenVerifier> tokens;

  /** Authentication by the settings. */
  public Authenticator(AuthOptions settings, InstantSource clock) {
    this.settings = settings;
    this.tokens =
        settings.mode() == Mode.OFF
            ? Optional.empty()
            : Optional.of(new TokenVerifier(settings, clock));
  }

  /**
   * Authenticates a request.
   *
   * @return completes when the caller is known; fails with a problem of status 401, 403 or 503
   */
  public CompletableFuture<Void> authenticate(
      ServiceRequestContext ctx, HttpRequest request, AccessRule access) {
    if (tokens.isEmpty()) {
      Caller.UNAUTHENTICATED.setOn(ctx);
      return CompletableFuture.completedFuture(null);
    }
    String header = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return CompletableFuture.failedFuture(rejected(ctx, ""));
    }
    String token = header.substring(SCHEME.length()).strip();
    Optional<Caller> cachedCaller = tokens.get().cachedCaller(token);
    if (cachedCaller.isPresent()) {
      return admit(ctx, cachedCaller.get(), access);
    }
    // On a worker thread, because keys may be fetched, and signatures cost time.
    return CompletableFuture.supplyAsync(
            () -> check(ctx, tokens.get(), token), ctx.blockingTaskExecutor().withoutContext())
        .thenCompose(caller -> admit(ctx, caller, access));
  }

  private Caller check(ServiceRequestContext ctx, TokenVerifier known, String token) {
    try {
      return known.check(token);
    } catch (BadTokenException e) {
      throw new CompletionException(rejected(ctx, " error=\"invalid_token\""));
    } catch (KeysUnavailableException e) {
      LOG.warn("keys to verify tokens unavailable: {}", e.getMessage());
      throw new CompletionException(
          new ProblemException(
              Problem.of(
                  HttpStatus.SERVICE_UNAVAILABLE, "The keys to verify tokens are unavailable.")));
    }
  }

  private ProblemException rejected(ServiceRequestContext ctx, String error) {
    ctx.mutateAdditionalResponseHeaders(
        headers -> headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer" + error));
    return new ProblemException(
        Problem.of(
            HttpStatus.UNAUTHORIZED,
            List.of(
                new Violation(
                    FIELD,
                    error.isEmpty() ? "no token" : "an invalid token",
                    "Bearer and a valid JWT"))));
  }

  private CompletableFuture<Void> admit(
      ServiceRequestContext ctx, Caller caller, AccessRule access) {
    caller.setOn(ctx);
    if (access != AccessRule.OPERATOR || caller.has(settings.operatorScope())) {
      return CompletableFuture.completedFuture(null);
    }
    return CompletableFuture.failedFuture(
        new ProblemException(
            Problem.of(
                HttpStatus.FORBIDDEN,
                List.of(
                    new Violation(
                        FIELD,
                        "a token without this scope",
                        "scope " + settings.operatorScope())))));
  }
}
