package dev.upswell.api.auth;

import dev.upswell.options.Option;
import dev.upswell.options.Options;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Authentication of callers.
 *
 * @param mode whether tokens are required
 * @param secret key of HS256 tokens; empty for none
 * @param jwks address of the keys of RS256 and ES256 tokens; empty for none
 * @param jwksTtl lifetime of fetched keys
 * @param issuer required issuer; empty for any
 * @param audience required audience
 * @param operatorScope scope for the operator endpoints
 * @param eventsScope scope for events of all users
 */
public record AuthOptions(
    Mode mode,
    Optional<String> secret,
    Optional<URI> jwks,
    Duration jwksTtl,
    String issuer,
    String audience,
    String operatorScope,
    String eventsScope) {
  /** Minimum length of HS256 keys, that of the hash (RFC 7518, 3.2). */
  private static final int SHORTEST_SECRET = 32;

  /** Whether tokens are required. */
  public enum Mode {
    /** By a JWT. */
    JWT,
    /** Not required; only on a loopback address. */
    OFF
  }

  private static final Option<Mode> MODE =
      Option.choice("auth", Mode.JWT, "Authentication of callers; off only on a loopback address");
  private static final Option<Optional<String>> SECRET =
      Option.secret("auth.secret", "Key of HS256 tokens; 32 characters or more");
  private static final Option<Optional<URI>> JWKS =
      Option.uri("auth.jwks", "Address of the keys of RS256 and ES256 tokens").optional();
  private static final Option<Duration> JWKS_TTL =
      Option.duration(
          "auth.jwks-ttl",
          Duration.ofMinutes(5),
          Duration.ofSeconds(1),
          Duration.ofDays(1),
          "Lifetime of fetched keys; an unknown key is fetched at once");
  private static final Option<String> ISSUER =
      Option.text("auth.issuer", "", "Required iss of tokens; empty for any");
  private static final Option<String> AUDIENCE =
      Option.text("auth.audience", "upswell", "Required aud of tokens");
  private static final Option<String> OPERATOR_SCOPE =
      Option.text("auth.operator-scope", "upswell:operate", "Scope for /stats and /metrics");
  private static final Option<String> EVENTS_SCOPE =
      Option.text("auth.events-scope", "upswell:events", "Scope for events of all users");

  /** All options. */
  public static final List<Option<?>> ALL =
      List.of(MODE, SECRET, JWKS, JWKS_TTL, ISSUER, AUDIENCE, OPERATOR_SCOPE, EVENTS_SCOPE);

  /** Checks that there is a key if tokens are required. */
  public AuthOptions {
    if (mode == Mode.JWT && secret.isEmpty() && jwks.isEmpty()) {
      throw new IllegalArgumentException(
          "auth: jwt, with neither auth.secret nor auth.jwks (expected: one of them, or off)");
    }
    if (secret.isPresent() && secret.get().length() < SHORTEST_SECRET) {
      throw new IllegalArgumentException(
          "auth.secret: %d characters (expected: %d or more)"
              .formatted(secret.get().length(), SHORTEST_SECRET));
    }
  }

  /**
   * Reads the options.
   *
   * @param host address that the server listens on
   * @throws IllegalArgumentException for disabled authentication on a public address
   */
  public static AuthOptions from(Options options, String host) {
    AuthOptions settings =
        new AuthOptions(
            options.get(MODE),
            options.get(SECRET),
            options.get(JWKS),
            options.get(JWKS_TTL),
            options.get(ISSUER),
            options.get(AUDIENCE),
            options.get(OPERATOR_SCOPE),
            options.get(EVENTS_SCOPE));
    if (settings.mode == Mode.OFF && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "auth: off, with host %s (expected: jwt, or a loopback host such as 127.0.0.1)"
              .formatted(host));
    }
    return settings;
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "AuthOptions[mode=" + mode + ", secret=" + (secret.isEmpty() ? "none" : "***") + "]";
  }
}
