package dev.upswell.api.auth;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.upswell.api.http.Problem;
import dev.upswell.api.http.ProblemException;
import dev.upswell.contract.Violation;
import io.netty.util.AttributeKey;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Authenticated caller.
 *
 * @param userId user of the token; empty for a service
 * @param scopes scopes of the token
 * @param unchecked whether authentication is off, so that everything is allowed
 */
public record Caller(OptionalLong userId, Set<String> scopes, boolean unchecked) {
  private static final AttributeKey<Caller> KEY = AttributeKey.valueOf("upswell.caller");

  /** The caller without authentication. */
  static final Caller UNAUTHENTICATED = new Caller(OptionalLong.empty(), Set.of(), true);

  /** Keeps its own copy. */
  public Caller {
    scopes = Set.copyOf(scopes);
  }

  /** Returns the caller of an authenticated request. */
  public static Caller of(ServiceRequestContext ctx) {
    Caller known = ctx.attr(KEY);
    if (known == null) {
      throw new IllegalStateException("no authentication of " + ctx.config().route());
    }
    return known;
  }

  void setOn(ServiceRequestContext ctx) {
    ctx.setAttr(KEY, this);
  }

  /** Returns whether the caller has a scope. */
  public boolean has(String scope) {
    return unchecked || scopes.contains(scope);
  }

  /** Returns the only user whose events the caller may send; empty for all users. */
  public OptionalLong onlyUser(String scope) {
    return has(scope) ? OptionalLong.empty() : OptionalLong.of(userId.orElse(0));
  }

  /**
   * Ends the request with 403 unless the caller is this user.
   *
   * @param field where the request names the user
   */
  public void requireUser(String field, long wanted) {
    if (!unchecked && (userId.isEmpty() || userId.getAsLong() != wanted)) {
      throw new ProblemException(
          Problem.of(
              HttpStatus.FORBIDDEN,
              List.of(
                  new Violation(
                      field,
                      Violation.quoted(Long.toString(wanted)),
                      "the user that the token names"))));
    }
  }
}
