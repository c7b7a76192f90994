package dev.upswell.runtime;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Sets up the environment in which every job runs. */
public final class JobEnvironment {
  /** Divisible by many numbers, so that key groups spread evenly at most parallelisms. */
  private static final int MAX_PARALLELISM = 720;

  private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(10);

  private JobEnvironment() {}

  /** The environment for a job with these options. */
  public static StreamExecutionEnvironment create(JobOptions options) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration(options));
    env.setMaxParallelism(MAX_PARALLELISM);
    return env;
  }

  /** What differs from Flink's defaults, and why. */
  public static Configuration configuration(JobOptions options) {
    Configuration configuration = new Configuration();
    // A type that only Kryo knows, or an operator without a name of its own, would make the next
    // release unable to read this one's savepoints.
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    // Everything that travels between operators is immutable.
    configuration.set(PipelineOptions.OBJECT_REUSE, true);

    configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    // Most of what a new edge looks for is not there yet; without the filter, each file of the last
    // few checkpoints is searched for it.
    configuration.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
    configuration.set(
        CheckpointingOptions.CHECKPOINTING_INTERVAL, options.checkpoints().interval());
    configuration.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    // While Redis is away a checkpoint waits for writes that are being repeated.
    configuration.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(10));
    configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 10);
    options
        .checkpoints()
        .directory()
        .ifPresent(
            directory -> {
              configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
              configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toString());
            });

    // Flink's 100 ms would be most of a small creator's lag: a video passes four exchanges, each of
    // which keeps what does not fill a buffer for so long.
    configuration.set(ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);

    // For ever, but not in a loop: whatever was away comes back.
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofMillis(500));
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofSeconds(30));
    return configuration;
  }
}
