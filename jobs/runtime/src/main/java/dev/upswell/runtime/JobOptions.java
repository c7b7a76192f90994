package dev.upswell.runtime;

import dev.upswell.contract.OutputFormat;
import dev.upswell.contract.Topics;
import dev.upswell.options.Option;
import dev.upswell.options.Options;
import dev.upswell.redis.RedisOptions;
import dev.upswell.redis.RedisSettings;
import dev.upswell.runtime.redis.RedisWriteSettings;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What every job wants to know.
 *
 * @param topics names of the topics
 * @param kafka properties of the Kafka clients, {@code bootstrap.servers} among them
 * @param startFrom where to begin reading when there is neither state nor a committed offset
 * @param outputFormat how records of topics that go out are written
 * @param maxOutOfOrder how much later than the newest record of its partition an older one may come
 * @param idleAfter after how long without records a partition no longer holds back the watermark
 * @param checkpoints when and where checkpoints are taken
 * @param redis where Redis is
 * @param redisWrites how writes to Redis are batched and repeated
 */
public record JobOptions(
    Topics topics,
    Map<String, String> kafka,
    StartFrom startFrom,
    OutputFormat outputFormat,
    Duration maxOutOfOrder,
    Duration idleAfter,
    Checkpoints checkpoints,
    RedisSettings redis,
    RedisWriteSettings redisWrites) {

  /** What begins with this is passed to the Kafka clients as it is. */
  public static final String KAFKA_PREFIX = "kafka.";

  private static final Option<String> BOOTSTRAP_SERVERS =
      Option.text("kafka.bootstrap-servers", "Kafka brokers, as host:port, separated by commas");
  private static final Option<String> TOPICS_PREFIX =
      Option.text("topics.prefix", Topics.DEFAULT_PREFIX, "What every topic's name begins with");
  private static final Option<StartFrom> START_FROM =
      Option.choice(
          "start.from",
          StartFrom.EARLIEST,
          "Where to begin when there is neither state nor a committed offset");
  private static final Option<OutputFormat> OUTPUT_FORMAT =
      Option.choice("output.format", OutputFormat.JSON, "Encoding of the topics that go out");
  private static final Option<Duration> MAX_OUT_OF_ORDER =
      Option.duration(
          "watermark.max-out-of-order",
          Duration.ofSeconds(10),
          Duration.ZERO,
          Duration.ofHours(1),
          "How much older than the newest of its partition a record may be and still be in time");
  private static final Option<Duration> IDLE_AFTER =
      Option.duration(
          "watermark.idle-after",
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Duration.ofHours(1),
          "After how long without records a partition no longer holds back time");
  private static final Option<Duration> CHECKPOINT_INTERVAL =
      Option.duration(
          "checkpoints.interval",
          Duration.ofSeconds(30),
          Duration.ofMillis(100),
          Duration.ofHours(1),
          "How often state is made durable");
  private static final Option<Optional<URI>> CHECKPOINT_DIR =
      Option.uri(
              "checkpoints.dir",
              "Where checkpoints are written; without it the cluster's own setting holds")
          .optional();
  private static final RedisOptions REDIS = new RedisOptions(Duration.ofSeconds(10));
  private static final Option<Duration> REDIS_RETRY_FOR =
      Option.duration(
          "redis.retry-for",
          Duration.ofMinutes(1),
          Duration.ZERO,
          Duration.ofHours(1),
          "How long failed writes are repeated before the job fails and goes back to its checkpoint");
  private static final Option<Integer> REDIS_IN_FLIGHT =
      Option.integer(
          "redis.max-in-flight", 1_000, 1, 1_000_000, "Elements that a subtask may have unwritten");
  private static final Option<Integer> REDIS_BATCH =
      Option.integer("redis.batch-size", 128, 1, 100_000, "Elements written in one go");

  /** All options of this record, for a job to add its own to. */
  public static final List<Option<?>> ALL =
      Stream.<List<Option<?>>>of(
              List.of(
                  BOOTSTRAP_SERVERS,
                  TOPICS_PREFIX,
                  START_FROM,
                  OUTPUT_FORMAT,
                  MAX_OUT_OF_ORDER,
                  IDLE_AFTER,
                  CHECKPOINT_INTERVAL,
                  CHECKPOINT_DIR),
              REDIS.all(),
              List.of(REDIS_RETRY_FOR, REDIS_IN_FLIGHT, REDIS_BATCH))
          .<Option<?>>flatMap(List::stream)
          .toList();

  /** Where to begin reading. */
  public enum StartFrom {
    /** With the oldest record there is. */
    EARLIEST,
    /** With the next record. */
    LATEST
  }

  /**
   * When and where checkpoints are taken.
   *
   * @param directory empty for the cluster's own setting
   */
  public record Checkpoints(Duration interval, Optional<URI> directory) {}

  /** Keeps its own copy. */
  public JobOptions {
    kafka = Map.copyOf(kafka);
  }

  /** Takes the values that were given. */
  public static JobOptions from(Options options) {
    Map<String, String> kafka = new HashMap<>(options.passedThrough(KAFKA_PREFIX));
    kafka.put("bootstrap.servers", options.get(BOOTSTRAP_SERVERS));
    // A push is one element and many commands; the bound that holds back is on elements.
    RedisSettings redis = REDIS.from(options, Integer.MAX_VALUE);
    return new JobOptions(
        new Topics(options.get(TOPICS_PREFIX)),
        kafka,
        options.get(START_FROM),
        options.get(OUTPUT_FORMAT),
        options.get(MAX_OUT_OF_ORDER),
        options.get(IDLE_AFTER),
        new Checkpoints(options.get(CHECKPOINT_INTERVAL), options.get(CHECKPOINT_DIR)),
        redis,
        new RedisWriteSettings(
            options.get(REDIS_IN_FLIGHT), options.get(REDIS_BATCH), options.get(REDIS_RETRY_FOR)));
  }
}
