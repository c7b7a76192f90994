package dev.upswell.testing;

import dev.upswell.processes.FlinkCluster;
import dev.upswell.processes.FlinkSettings;
import dev.upswell.processes.RedisProcess.Persistence;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Runs a Kafka and a Redis for a job, and the job itself: inside this process, or from its jar on a
 * cluster of processes.
 */
public abstract class JobSystem implements AutoCloseable {
  private static final int PARALLELISM = 2;
  private static final long CANCEL_SECONDS = 30;

  public final TestKafka kafka;
  public final TestRedis redis;

  private final Path directory;
  private final Path checkpoints;
  private final List<String> defaults;
  private Optional<JobClient> job = Optional.empty();

  /**
   * Starts both servers, with their data below the directory.
   *
   * @param persistence of Redis
   * @param defaults arguments that every start of the job has
   */
  protected JobSystem(Path directory, Persistence persistence, String... defaults) {
    kafka = TestKafka.start(directory.resolve("kafka"));
    redis = TestRedis.start(directory.resolve("redis"), persistence);
    this.directory = directory;
    checkpoints = directory.resolve("checkpoints");
    this.defaults = List.of(defaults);
  }

  /** Returns the arguments of the job: both servers, the defaults, then others. */
  public List<String> arguments(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--kafka.bootstrap-servers", kafka.bootstrapServers(),
                "--redis.uri", redis.uri(),
                "--checkpoints.dir", checkpoints.toUri().toString()));
    arguments.addAll(defaults);
    arguments.addAll(List.of(more));
    return arguments;
  }

  /** Starts a cluster of processes for the jar of the job: one TaskManager with two slots. */
  public FlinkCluster startCluster() {
    return FlinkCluster.start(
        directory.resolve("flink"),
        FlinkSettings.defaults()
            .withTaskManagers(1, PARALLELISM)
            .withCheckpoints(checkpoints)
            .withExtra(Map.of("parallelism.default", Integer.toString(PARALLELISM))));
  }

  /** Starts the job in this process, with two subtasks per operator. */
  protected void start(
      String name, Configuration configuration, Consumer<StreamExecutionEnvironment> topology) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, configuration);
    topology.accept(env);
    try {
      job = Optional.of(env.executeAsync(name));
    } catch (Exception e) { // As Flink declares it.
      throw new AssertionError("job " + name + " failed to start", e);
    }
  }

  /** Cancels the job, if it runs, without a savepoint. */
  public void stopJob() {
    job.ifPresent(running -> running.cancel().orTimeout(CANCEL_SECONDS, TimeUnit.SECONDS).join());
    job = Optional.empty();
  }

  /**
   * Returns the size of the job's state in bytes, from a savepoint: files of a checkpoint also
   * contain deleted entries.
   */
  public long savepointBytes(Path directory) throws IOException {
    String savepoint =
        job.orElseThrow()
            .triggerSavepoint(directory.toUri().toString(), SavepointFormatType.CANONICAL)
            .orTimeout(2, TimeUnit.MINUTES)
            .join();
    try (Stream<Path> files = Files.list(Path.of(URI.create(savepoint)))) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Override
  public void close() {
    stopJob();
    kafka.close();
    redis.close();
  }
}
