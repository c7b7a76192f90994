package dev.upswell.api.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Verifies tokens (JWT, RFC 7519): signature by a configured algorithm, {@code exp}, {@code nbf},
 * {@code aud}, {@code iss}, {@code sub}. Thread-safe.
 *
 * <p>The configured keys decide about allowed algorithms, never the token alone: HS256 only with a
 * secret, RS256 and ES256 only with a key set, {@code none} never.
 *
 * <p>Verified tokens are cached for a minute, or until they expire, to avoid a signature per
 * request.
 */
final class TokenVerifier {
  private static final Duration REMEMBERED = Duration.ofMinutes(1);
  private static final int MAX_CLOCK_SKEW_SECONDS = 30;
  private static final long MEMORY = 16L << 20;

  /** Size of a cache entry without the token, in bytes. */
  private static final int BYTES_BESIDE = 256;

  private final Map<JWSAlgorithm, JWSKeySelector<SecurityContext>> selectors;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final InstantSource clock;
  private final Cache<String, Known> known;

  private record Known(Caller caller, long expiresAt) {}

  TokenVerifier(AuthOptions settings, InstantSource clock) {
    this.clock = clock;
    this.selectors = selectors(settings);
    this.known =
        Caffeine.newBuilder()
            .maximumWeight(MEMORY)
            .weigher((String token, Known value) -> token.length() + BYTES_BESIDE)
            .expireAfterWrite(REMEMBERED)
            .executor(Runnable::run)
            .build();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(
        (header, context) -> {
          JWSKeySelector<SecurityContext> selector = selectors.get(header.getAlgorithm());
          return selector == null ? List.of() : selector.selectJWSKeys(header, context);
        });
    JWTClaimsSet.Builder exact = new JWTClaimsSet.Builder();
    if (!settings.issuer().isEmpty()) {
      exact.issuer(settings.issuer());
    }
    DefaultJWTClaimsVerifier<SecurityContext> claims =
        new DefaultJWTClaimsVerifier<>(
            settings.audience(), exact.build(), new HashSet<>(Set.of("sub", "exp")));
    claims.setMaxClockSkew(MAX_CLOCK_SKEW_SECONDS);
    processor.setJWTClaimsSetVerifier(claims);
  }

  private static Map<JWSAlgorithm, JWSKeySelector<SecurityContext>> selectors(
      AuthOptions settings) {
    Map<JWSAlgorithm, JWSKeySelector<SecurityContext>> selectors = new HashMap<>();
    settings
        .secret()
        .ifPresent(
            secret ->
                selectors.put(
                    JWSAlgorithm.HS256,
                    new JWSVerificationKeySelector<>(
                        JWSAlgorithm.HS256, new ImmutableSecret<>(secret.getBytes(UTF_8)))));
    settings
        .jwks()
        .ifPresent(
            uri -> {
              try {
                long ttl = settings.jwksTtl().toMillis();
                var keys =
                    JWKSourceBuilder.create(uri.toURL())
                        .cache(ttl, Math.min(ttl, Duration.ofSeconds(15).toMillis()))
                        .refreshAheadCache(false)
                        // Old keys are used while the key server is unavailable.
                        .outageTolerant(Duration.ofHours(4).toMillis())
                        .retrying(true)
                        .build();
                for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256)) {
                  selectors.put(algorithm, new JWSVerificationKeySelector<>(algorithm, keys));
                }
              } catch (MalformedURLException e) {
                throw new IllegalArgumentException(
                    "auth.jwks: " + uri + " (expected: an http or https address)", e);
              }
            });
    return Map.copyOf(selectors);
  }

  /** Returns the caller of a token from the cache. */
  Optional<Caller> cachedCaller(String token) {
    Known found = known.getIfPresent(token);
    return found == null || found.expiresAt <= clock.millis()
        ? Optional.empty()
        : Optional.of(found.caller);
  }

  /**
   * Verifies a token. May fetch keys and block.
   *
   * @throws BadTokenException if the token is invalid
   * @throws KeysUnavailableException if there are no keys to verify it
   */
  Caller check(String token) throws BadTokenException, KeysUnavailableException {
    try {
      JWTClaimsSet claims = processor.process(token, null);
      Instant expires = claims.getExpirationTime().toInstant();
      long expiresAt = expires.plusSeconds(MAX_CLOCK_SKEW_SECONDS).toEpochMilli();
      Caller caller = new Caller(userOf(claims), scopesOf(claims), false);
      known.put(token, new Known(caller, expiresAt));
      return caller;
    } catch (ParseException | BadJOSEException e) {
      throw new BadTokenException();
    } catch (JOSEException e) {
      throw new KeysUnavailableException(e);
    }
  }

  private static OptionalLong userOf(JWTClaimsSet claims) {
    String subject = claims.getSubject();
    try {
      long id = Long.parseLong(subject);
      return id > 0 && Long.toString(id).equals(subject)
          ? OptionalLong.of(id)
          : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** A text with spaces in between (RFC 8693), or a list, as some issuers have it. */
  private static Set<String> scopesOf(JWTClaimsSet claims) {
    List<String> scopes = new ArrayList<>();
    Object claim = claims.getClaim("scope");
    if (claim instanceof String text) {
      scopes.addAll(Arrays.asList(text.split(" +", -1)));
    } else if (claim instanceof List<?> list) {
      list.forEach(one -> scopes.add(String.valueOf(one)));
    }
    return new HashSet<>(scopes);
  }

  /** An invalid token. The reason is omitted, because it would only help a forger. */
  static final class BadTokenException extends Exception {
    private static final long serialVersionUID = 1L;

    BadTokenException() {
      super("an invalid token", null, false, false);
    }
  }

  /** The keys to verify tokens are unavailable. */
  static final class KeysUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    KeysUnavailableException(Throwable cause) {
      super(cause);
    }
  }
}
