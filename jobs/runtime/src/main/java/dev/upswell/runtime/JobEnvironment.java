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

  /** Returns the deviations from Flink's defaults, with reasons. */
  public static Configuration configuration(JobOptions options) {
    Configuration configuration = new Configuration();
    // Kryo types and generated uids would make savepoints unreadable for the next release.
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    // Everything that travels between operators is immutable.
    configuration.set(PipelineOptions.OBJECT_REUSE, true);

    configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    // Most lookups of new edges find nothing. The filter spares a search in the files of recent
    // checkpoints.
    configuration.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
    configuration.set(
        CheckpointingOptions.CHECKPOINTING_INTERVAL, options.checkpoints().interval());
    configuration.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    // All subtasks must be at the same watermark in a checkpoint: operators emit again what was not
    // complete there, and do not store parts of it. Unaligned barriers overtake watermarks.
    configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
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

    // The default of 100 ms would dominate the latency of a small creator: a video passes four
    // exchanges, each of which holds partial buffers for this time.
    configuration.set(ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);

    // Restarts are unlimited and backed off, because every dependency returns eventually.
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
