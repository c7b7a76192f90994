package dev.upswell.runtime;

import dev.upswell.contract.OutputFormat;
import dev.upswell.contract.Topics;
import dev.upswell.options.Option;
import dev.upswell.options.Options;
import dev.upswell.redis.RedisOptions;
import dev.upswell.runtime.redis.RedisWriteSettings;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The options that all jobs share.
 *
 * @param topics names of the topics
 * @param kafka properties of the Kafka clients, {@code bootstrap.servers} among them
 * @param startFrom first offset to read when there is neither state nor a committed offset
 * @param outputFormat encoding of the output topics
 * @param maxOutOfOrder maximum lag of a record behind the newest one of its partition
 * @param idleAfter time without records after which a partition is idle
 * @param checkpoints interval and location of checkpoints
 * @param redis address and timeouts of Redis
 * @param redisWrites batching and retries of writes to Redis
 * @param dryRun whether the execution plan is printed instead of run
 */
public record JobOptions(
    Topics topics,
    Map<String, String> kafka,
    StartFrom startFrom,
    OutputFormat outputFormat,
    Duration maxOutOfOrder,
    Duration idleAfter,
    Checkpoints checkpoints,
    RedisOptions redis,
    RedisWriteSettings redisWrites,
    boolean dryRun) {

  /** Prefix of the options that are passed to the Kafka clients unchanged. */
  public static final String KAFKA_PREFIX = "kafka.";

  private static final Option<String> BOOTSTRAP_SERVERS =
      Option.text("kafka.bootstrap-servers", "Kafka brokers, as host:port, separated by commas");
  private static final Option<String> TOPICS_PREFIX =
      Option.text("topics.prefix", Topics.DEFAULT_PREFIX, "Prefix of all topic names");
  private static final Option<StartFrom> START_FROM =
      Option.choice(
          "start.from",
          StartFrom.EARLIEST,
          "First offset to read when there is neither state nor a committed offset");
  private static final Option<OutputFormat> OUTPUT_FORMAT =
      Option.choice("output.format", OutputFormat.JSON, "Encoding of the output topics");
  private static final Option<Duration> MAX_OUT_OF_ORDER =
      Option.duration(
          "watermark.max-out-of-order",
          Duration.ofSeconds(10),
          Duration.ZERO,
          Duration.ofHours(1),
          "Maximum lag of a record behind the newest one of its partition before it is late");
  private static final Option<Duration> IDLE_AFTER =
      Option.duration(
          "watermark.idle-after",
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Duration.ofHours(1),
          "Time without records after which a partition no longer holds back the watermark");
  private static final Option<Duration> CHECKPOINT_INTERVAL =
      Option.duration(
          "checkpoints.interval",
          Duration.ofSeconds(30),
          Duration.ofMillis(100),
          Duration.ofHours(1),
          "Interval between checkpoints");
  private static final Option<Optional<URI>> CHECKPOINT_DIR =
      Option.uri("checkpoints.dir", "Directory of checkpoints; by default that of the cluster")
          .optional();
  private static final Option<Duration> REPLY_TIMEOUT =
      RedisOptions.replyTimeout(Duration.ofSeconds(10));
  private static final Option<Duration> REDIS_RETRY_FOR =
      Option.duration(
          "redis.retry-for",
          Duration.ofMinutes(1),
          Duration.ZERO,
          Duration.ofHours(1),
          "Time for which failed writes are retried before the job restarts from its checkpoint");
  private static final Option<Integer> REDIS_IN_FLIGHT =
      Option.integer(
          "redis.max-in-flight",
          1_000,
          1,
          1_000_000,
          "Maximum elements of a subtask that are not acknowledged by Redis");
  private static final Option<Integer> REDIS_BATCH =
      Option.integer(
          "redis.batch-size", 128, 1, 100_000, "Maximum elements per pipeline of writes");

  private static final Option<Boolean> DRY_RUN =
      Option.flag("dry-run", "Print the execution plan of the job as JSON instead of running it");

  /** All options of this record. Each job adds its own. */
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
              RedisOptions.all(REPLY_TIMEOUT),
              List.of(REDIS_RETRY_FOR, REDIS_IN_FLIGHT, REDIS_BATCH, DRY_RUN))
          .<Option<?>>flatMap(List::stream)
          .toList();

  /** First offset to read. */
  public enum StartFrom {
    /** The oldest record of each partition. */
    EARLIEST,
    /** The next record that is written. */
    LATEST
  }

  /**
   * Interval and location of checkpoints.
   *
   * @param directory empty for that of the cluster
   */
  public record Checkpoints(Duration interval, Optional<URI> directory) {}

  /** Copies the Kafka properties. */
  public JobOptions {
    kafka = Map.copyOf(kafka);
  }

  /** Reads the options of every job. */
  public static JobOptions from(Options options) {
    Map<String, String> kafka = new HashMap<>(options.passedThrough(KAFKA_PREFIX));
    kafka.put("bootstrap.servers", options.get(BOOTSTRAP_SERVERS));
    // A push is one element and many commands, so backpressure bounds elements instead.
    RedisOptions redis = RedisOptions.from(options, REPLY_TIMEOUT, Integer.MAX_VALUE);
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
            options.get(REDIS_IN_FLIGHT), options.get(REDIS_BATCH), options.get(REDIS_RETRY_FOR)),
        options.get(DRY_RUN));
  }
}
