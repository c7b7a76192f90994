package dev.upswell.redis;

import dev.upswell.options.Option;
import dev.upswell.options.Options;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Options for the address of Redis, shared by jobs and API. */
public final class RedisOptions {
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

  private final Option<Duration> replyTimeout;

  /**
   * Creates the options of a program.
   *
   * @param replyTimeout default timeout of a pipeline
   */
  public RedisOptions(Duration replyTimeout) {
    this.replyTimeout =
        Option.duration(
            "redis.reply-timeout",
            replyTimeout,
            Duration.ofMillis(10),
            Duration.ofMinutes(5),
            "Timeout of a pipeline of commands");
  }

  /** All of them. */
  public List<Option<?>> all() {
    return List.of(REDIS_URI, REDIS_PASSWORD, CONNECT_TIMEOUT, replyTimeout);
  }

  /**
   * Reads the options.
   *
   * @param maxInFlight as in {@link RedisSettings}
   */
  public RedisSettings from(Options options, int maxInFlight) {
    return new RedisSettings(
        options.get(REDIS_URI),
        options.get(REDIS_PASSWORD).orElse(""),
        options.get(CONNECT_TIMEOUT),
        options.get(replyTimeout),
        maxInFlight);
  }
}
