package dev.upswell.redis;

import dev.upswell.options.Option;
import dev.upswell.options.Options;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
public record RedisOptions(
    URI uri, String password, Duration connectTimeout, Duration replyTimeout, int maxInFlight)
    implements Serializable {
  private static final Option<URI> REDIS_URI =
      Option.uri(
          "redis.uri",
          "redis:// or rediss://host:port, redis-sentinel://h1,h2#master,"
              + " redis-cluster://h1:p1,h2:p2");
  private static final Option<Optional<String>> REDIS_PASSWORD =
      Option.secret("redis.password", "Password of Redis or of the ACL user in the URI");
  private static final Option<Duration> CONNECT_TIMEOUT =
      Option.duration(
          "redis.connect-timeout",
          Duration.ofSeconds(5),
          Duration.ofMillis(10),
          Duration.ofMinutes(5),
          "Timeout of a connection attempt");

  /** Checks the ranges. */
  public RedisOptions {
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

  /**
   * Creates the option of the reply timeout, which has another default in jobs than in the API.
   *
   * @param defaultValue default timeout of a pipeline
   */
  public static Option<Duration> replyTimeout(Duration defaultValue) {
    return Option.duration(
        "redis.reply-timeout",
        defaultValue,
        Duration.ofMillis(10),
        Duration.ofMinutes(5),
        "Timeout of a pipeline of commands");
  }

  /** Returns all options of this record. */
  public static List<Option<?>> all(Option<Duration> replyTimeout) {
    return List.of(REDIS_URI, REDIS_PASSWORD, CONNECT_TIMEOUT, replyTimeout);
  }

  /**
   * Reads the options.
   *
   * @param maxInFlight maximum pending commands of a connection
   */
  public static RedisOptions from(Options options, Option<Duration> replyTimeout, int maxInFlight) {
    return new RedisOptions(
        options.get(REDIS_URI),
        options.get(REDIS_PASSWORD).orElse(""),
        options.get(CONNECT_TIMEOUT),
        options.get(replyTimeout),
        maxInFlight);
  }

  /** Returns options for a test or a tool: 5 s to connect, 5 s to reply. */
  public static RedisOptions of(String uri) {
    return new RedisOptions(
        URI.create(uri), "", Duration.ofSeconds(5), Duration.ofSeconds(5), 100_000);
  }

  @Override
  public String toString() {
    return "RedisOptions[uri=" + uri + ", password=" + (password.isEmpty() ? "none" : "***") + "]";
  }
}
