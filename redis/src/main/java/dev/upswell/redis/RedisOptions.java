package dev.upswell.redis;

import dev.upswell.options.Option;
import dev.upswell.options.Options;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The options that say where Redis is; the same for jobs and the API. */
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
          "How long connecting may take");

  private final Option<Duration> replyTimeout;

  /**
   * The options of a program.
   *
   * @param replyTimeout how long a batch of commands may take unless told otherwise
   */
  public RedisOptions(Duration replyTimeout) {
    this.replyTimeout =
        Option.duration(
            "redis.reply-timeout",
            replyTimeout,
            Duration.ofMillis(10),
            Duration.ofMinutes(5),
            "How long a batch of commands may take");
  }

  /** All of them. */
  public List<Option<?>> all() {
    return List.of(REDIS_URI, REDIS_PASSWORD, CONNECT_TIMEOUT, replyTimeout);
  }

  /**
   * Takes the values that were given.
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
