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
 * Who calls.
 *
 * @param userId the user that a token names; empty for a machine
 * @param scopes what the token allows besides what every user may
 * @param unchecked whether nobody is asked who they are, so that all may do everything
 */
public record Caller(OptionalLong userId, Set<String> scopes, boolean unchecked) {
  private static final AttributeKey<Caller> KEY = AttributeKey.valueOf("upswell.caller");

  /** Whoever it is, where authentication is off. */
  static final Caller ANYBODY = new Caller(OptionalLong.empty(), Set.of(), true);

  /** Keeps its own copy. */
  public Caller {
    scopes = Set.copyOf(scopes);
  }

  /** The one of a request that was let in. */
  public static Caller of(ServiceRequestContext ctx) {
    Caller known = ctx.attr(KEY);
    if (known == null) {
      throw new IllegalStateException("nobody asked who calls " + ctx.config().route());
    }
    return known;
  }

  void setOn(ServiceRequestContext ctx) {
    ctx.setAttr(KEY, this);
  }

  /** Whether the caller may do what the scope is for. */
  public boolean has(String scope) {
    return unchecked || scopes.contains(scope);
  }

  /** The only user whose events the caller may tell; empty if those of all. */
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
