package dev.upswell.api;

import dev.upswell.api.auth.AuthOptions;
import dev.upswell.api.cursor.CursorOptions;
import dev.upswell.api.protection.ProtectionOptions;
import dev.upswell.api.ratelimit.RateLimitOptions;
import dev.upswell.api.trace.RequestLogWriter;
import dev.upswell.contract.Topics;
import dev.upswell.feeds.FeedOptions;
import dev.upswell.feeds.FeedReadOptions;
import dev.upswell.options.Option;
import dev.upswell.options.OptionSet;
import dev.upswell.options.Options;
import dev.upswell.redis.RedisOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Options of the API.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 for a free one
 * @param deadline time after which a request gets 503
 * @param maxEvents maximum events of a request
 * @param maxBodyBytes maximum body of a request
 * @param maxConnections maximum connections; further ones are closed at once
 * @param maxStreams maximum open streams of trending lists
 * @param warmUp duration of the JIT warm-up before readiness
 * @param quiet time without requests before the server stops
 * @param drain maximum time of running requests at shutdown
 * @param loggedRequests requests that are logged
 * @param redis address of Redis
 * @param feeds sizes and lifetimes of feeds
 * @param reading timeout and caches of feed reads
 * @param auth authentication of callers
 * @param limits quotas
 * @param protection overload protection
 * @param cursors sealing of cursors
 * @param topics names of the topics
 * @param kafka properties of the producer, including {@code bootstrap.servers}
 */
public record ApiOptions(
    String host,
    int port,
    Duration deadline,
    int maxEvents,
    int maxBodyBytes,
    int maxConnections,
    int maxStreams,
    Duration warmUp,
    Duration quiet,
    Duration drain,
    RequestLogWriter.Which loggedRequests,
    RedisOptions redis,
    FeedOptions feeds,
    FeedReadOptions reading,
    AuthOptions auth,
    RateLimitOptions limits,
    ProtectionOptions protection,
    CursorOptions cursors,
    Topics topics,
    Map<String, String> kafka) {
  private static final String KAFKA_PREFIX = "kafka.";

  /** Commands awaiting a reply; a page is a few dozen, so this is hundreds of requests. */
  private static final int REDIS_IN_FLIGHT = 200_000;

  private static final Option<String> HOST =
      Option.text("host", "127.0.0.1", "Address to listen on; 0.0.0.0 for all");
  private static final Option<Integer> PORT =
      Option.integer("port", 8080, 0, 65_535, "Port to listen on; 0 for a free one");
  private static final Option<Duration> DEADLINE =
      Option.duration(
          "request.deadline",
          Duration.ofSeconds(2),
          Duration.ofMillis(10),
          Duration.ofMinutes(1),
          "Timeout of a request, answered with 503");
  private static final Option<Integer> MAX_EVENTS =
      Option.integer("events.max-batch", 1_000, 1, 100_000, "Maximum events in one request");
  private static final Option<Integer> MAX_BODY =
      Option.integer(
          "request.max-bytes",
          1 << 20,
          1 << 10,
          64 << 20,
          "Maximum body of a request in bytes; a full batch of events is larger than the default");
  private static final Option<Integer> MAX_CONNECTIONS =
      Option.integer(
          "connections.max",
          10_000,
          1,
          10_000_000,
          "Maximum connections; further ones are closed at once");
  private static final Option<Integer> MAX_STREAMS =
      Option.integer(
          "trending.max-streams",
          5_000,
          1,
          10_000_000,
          "Maximum open streams of trending lists; further ones get 503");
  private static final Option<Duration> WARM_UP =
      Option.duration(
          "warm-up",
          Duration.ofMillis(500),
          Duration.ZERO,
          Duration.ofMinutes(1),
          "Duration of the JIT warm-up before readiness");
  private static final Option<Duration> QUIET =
      Option.duration(
          "drain.quiet-period",
          Duration.ofMillis(500),
          Duration.ZERO,
          Duration.ofMinutes(1),
          "Time without requests before the server stops after SIGTERM; at most" + " drain");
  private static final Option<RequestLogWriter.Which> REQUEST_LINES =
      Option.choice(
          "log.requests",
          RequestLogWriter.Which.FAILED,
          "Requests that are logged; failed means 5xx or longer than a second");
  private static final Option<Duration> DRAIN =
      Option.duration(
          "drain",
          Duration.ofSeconds(5),
          Duration.ZERO,
          Duration.ofMinutes(5),
          "Maximum time of running requests at shutdown");
  private static final Option<String> BOOTSTRAP_SERVERS =
      Option.text("kafka.bootstrap-servers", "Kafka brokers, as host:port, separated by commas");
  private static final Option<String> TOPICS_PREFIX =
      Option.text("topics.prefix", Topics.DEFAULT_PREFIX, "Prefix of all topic names");
  private static final Option<Duration> REPLY_TIMEOUT =
      RedisOptions.replyTimeout(Duration.ofSeconds(1));

  /** Keeps its own copy. */
  public ApiOptions {
    kafka = Map.copyOf(kafka);
    if (quiet.compareTo(drain) > 0) {
      throw new IllegalArgumentException(
          "drain.quiet-period: %s (expected: at most drain, %s)".formatted(quiet, drain));
    }
    Duration longest = protection.admission().maxWait().plus(protection.deadline());
    if (longest.compareTo(deadline) >= 0) {
      throw new IllegalArgumentException(
          "request.deadline: %s (expected: more than admission.max-wait and read.deadline, %s)"
              .formatted(deadline, longest));
    }
  }

  /** All options of the API. */
  public static OptionSet options() {
    List<Option<?>> all =
        new ArrayList<>(
            List.of(
                HOST,
                PORT,
                DEADLINE,
                MAX_EVENTS,
                MAX_BODY,
                MAX_CONNECTIONS,
                MAX_STREAMS,
                WARM_UP,
                QUIET,
                DRAIN,
                REQUEST_LINES,
                BOOTSTRAP_SERVERS,
                TOPICS_PREFIX));
    all.addAll(RedisOptions.all(REPLY_TIMEOUT));
    all.addAll(AuthOptions.ALL);
    all.addAll(RateLimitOptions.ALL);
    all.addAll(ProtectionOptions.ALL);
    all.addAll(CursorOptions.ALL);
    all.addAll(FeedOptions.ALL);
    all.addAll(FeedReadOptions.ALL);
    return OptionSet.of(
            "serving-api", "Serves feeds and statistics, and takes events, over HTTP.", all)
        .passing(KAFKA_PREFIX);
  }

  /** Reads the options. */
  public static ApiOptions from(Options options) {
    Map<String, String> kafka = new HashMap<>(options.passedThrough(KAFKA_PREFIX));
    kafka.put("bootstrap.servers", options.get(BOOTSTRAP_SERVERS));
    return new ApiOptions(
        options.get(HOST),
        options.get(PORT),
        options.get(DEADLINE),
        options.get(MAX_EVENTS),
        options.get(MAX_BODY),
        options.get(MAX_CONNECTIONS),
        options.get(MAX_STREAMS),
        options.get(WARM_UP),
        options.get(QUIET),
        options.get(DRAIN),
        options.get(REQUEST_LINES),
        RedisOptions.from(options, REPLY_TIMEOUT, REDIS_IN_FLIGHT),
        FeedOptions.from(options),
        FeedReadOptions.from(options),
        AuthOptions.from(options, options.get(HOST)),
        RateLimitOptions.from(options),
        ProtectionOptions.from(options),
        CursorOptions.from(options),
        new Topics(options.get(TOPICS_PREFIX)),
        kafka);
  }
}
