package dev.upswell.redis;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;

/**
 * Address and timeouts of Redis.
 *
 * @param uri {@code redis://host:port/db}, {@code rediss://…} for TLS, {@code
 *     redis-sentinel://h1:p1,h2:p2/db#master}, {@code redis-cluster://h1:p1,h2:p2} or {@code
 *     rediss-cluster://…}; an ACL user precedes the {@code @}
 * @param password of the server or the ACL user, empty for none; never part of the URI, which is
 *     logged
 * @param connectTimeout of each connection attempt; positive
 * @param replyTimeout of a whole pipeline; positive
 * @param maxInFlight maximum pending commands of a connection; more are rejected
 */
public record RedisSettings(
    URI uri, String password, Duration connectTimeout, Duration replyTimeout, int maxInFlight)
    implements Serializable {
  /** Checks the ranges. */
  public RedisSettings {
    if (connectTimeout.isNegative() || connectTimeout.isZero()) {
      throw new IllegalArgumentException(
          "connectTimeout: " + connectTimeout + " (expected: more than 0)");
    }
    if (replyTimeout.isNegative() || replyTimeout.isZero()) {
      throw new IllegalArgumentException(
          "replyTimeout: " + replyTimeout + " (expected: more than 0)");
    }
    if (maxInFlight < 1) {
      throw new IllegalArgumentException("maxInFlight: " + maxInFlight + " (expected: 1 or more)");
    }
  }

  /** Settings that fit a test or a tool: 5 s to connect, 5 s to reply. */
  public static RedisSettings of(String uri) {
    return new RedisSettings(
        URI.create(uri), "", Duration.ofSeconds(5), Duration.ofSeconds(5), 100_000);
  }

  @Override
  public String toString() {
    return "RedisSettings[uri=" + uri + ", password=" + (password.isEmpty() ? "none" : "***") + "]";
  }
}
