package dev.upswell.processes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Flink session cluster: one JobManager and some TaskManagers, each a process. It accepts the same
 * jars as a real cluster. The JobManager has no standby. After its end, jobs must be submitted
 * again from a checkpoint.
 *
 * <p>Not thread-safe.
 */
public final class FlinkCluster implements AutoCloseable {
  private static final int STOP_ATTEMPTS = 3;
  private static final String HELD_BACK = "PartialFinishingNotSupportedByStateException";
  private static final Duration READY = Duration.ofSeconds(90);

  private final FlinkFiles files;
  private final FlinkSettings settings;
  private final ChildProcess jobManager;
  private final List<ChildProcess> taskManagers = new ArrayList<>();
  private final FlinkRest rest;

  private FlinkCluster(
      FlinkFiles files, FlinkSettings settings, ChildProcess jobManager, FlinkRest rest) {
    this.files = files;
    this.settings = settings;
    this.jobManager = jobManager;
    this.rest = rest;
  }

  /**
   * Starts a cluster and waits until all its slots are available.
   *
   * @param directory configuration, logs, uploaded jars and local state; created if absent
   * @throws ProcessFailedException if a process is not ready within 90 s
   */
  public static FlinkCluster start(Path directory, FlinkSettings settings) {
    int restPort = settings.restPort().orElseGet(Ports::free);
    Ports.requireFree("Flink's REST interface", restPort);
    FlinkFiles files = new FlinkFiles(directory.toAbsolutePath(), settings, restPort);
    files.write();
    FlinkRest rest = new FlinkRest("http://127.0.0.1:" + restPort);
    ChildProcess jobManager =
        ChildProcess.start(
            "Flink's JobManager",
            files.jobManagerCommand(),
            files.directory(),
            files.log("jobmanager"),
            Map.of());
    FlinkCluster cluster = new FlinkCluster(files, settings, jobManager, rest);
    try {
      jobManager.awaitReady(READY, rest::answers);
      for (int i = 0; i < settings.taskManagers(); i++) {
        cluster.launchTaskManager();
      }
      for (int i = 0; i < settings.taskManagers(); i++) {
        cluster.awaitTaskManager(i);
      }
    } catch (ProcessFailedException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  /** The address of REST interface and dashboard, such as {@code http://127.0.0.1:20123}. */
  public String restUrl() {
    return rest.url();
  }

  /** The folder in which jobs keep their checkpoints, each in one named as its id. */
  public Path checkpoints() {
    return files.checkpoints();
  }

  /** Returns the task slots of all registered TaskManagers. */
  public int slots() {
    return rest.slots();
  }

  /** See {@link #submit(Path, List, Optional)}; starts with empty state. */
  public String submit(Path jar, List<String> arguments) {
    return submit(jar, arguments, Optional.empty());
  }

  /**
   * Submits a job. Its parallelism is its own or that of the cluster's options.
   *
   * @param jar a job jar with its main class in the manifest
   * @param arguments of the main class
   * @param savepoint checkpoint or savepoint to start from, which is not changed
   * @return the id of the job, which is deployed but may not run yet
   * @throws ProcessFailedException if the cluster rejects it, with the reason
   */
  public String submit(Path jar, List<String> arguments, Optional<Path> savepoint) {
    return submit(jar, arguments, savepoint, settings.parallelism());
  }

  /**
   * Submits a job with another parallelism than that of the cluster's options.
   *
   * @param parallelism of operators that do not set it themselves; positive
   */
  public String submit(
      Path jar, List<String> arguments, Optional<Path> savepoint, int parallelism) {
    return rest.run(rest.upload(jar), arguments, parallelism, savepoint);
  }

  /**
   * Returns the status of a job.
   *
   * @throws ProcessFailedException if the job does not exist
   */
  public JobStatus status(String jobId) {
    return rest.status(jobId);
  }

  /**
   * Waits until every task of the job runs.
   *
   * @throws ProcessFailedException if the job ends before, or the limit passes; the message has its
   *     last failure
   */
  public void awaitRunning(String jobId, Duration limit) {
    if (!Await.until(limit, () -> status(jobId).isTerminal() || rest.allTasksRun(jobId))
        || status(jobId).isTerminal()) {
      throw new ProcessFailedException(
          "job "
              + jobId
              + " is "
              + status(jobId)
              + " (expected: every task RUNNING within "
              + limit.toSeconds()
              + " s); "
              + exceptions(jobId).stream().findFirst().orElse("it has had no failure"));
    }
  }

  /** Cancels the job and waits for its end. */
  public void cancel(String jobId) {
    rest.cancel(jobId);
    if (!Await.until(READY, () -> status(jobId).isTerminal())) {
      throw new ProcessFailedException("job " + jobId + " is still " + status(jobId));
    }
  }

  /**
   * Stops the job with a savepoint.
   *
   * <p>Flink rejects this when a source with a union state was blocked by backpressure in one
   * subtask and not in another, because only the latter has ended. The job restarts from its last
   * checkpoint, and the request is repeated.
   *
   * @param folder parent folder of the savepoint
   * @return the savepoint's folder
   * @throws ProcessFailedException if the savepoint fails, or takes more than 90 s
   */
  public Path stopWithSavepoint(String jobId, Path folder) {
    for (int attempt = 1; ; attempt++) {
      long restarts = restarts(jobId);
      try {
        return stopOnce(jobId, folder);
      } catch (ProcessFailedException e) {
        if (attempt == STOP_ATTEMPTS || !String.valueOf(e.getMessage()).contains(HELD_BACK)) {
          throw e;
        }
        Await.until(READY, () -> restarts(jobId) > restarts && rest.allTasksRun(jobId));
      }
    }
  }

  private Path stopOnce(String jobId, Path folder) {
    Path savepoint = rest.stopWithSavepoint(jobId, folder, READY);
    if (!Await.until(READY, () -> status(jobId).isTerminal())) {
      throw new ProcessFailedException("job " + jobId + " is still " + status(jobId));
    }
    return savepoint;
  }

  /** Checkpoints that the job has completed since it was submitted. */
  public long completedCheckpoints(String jobId) {
    return rest.completedCheckpoints(jobId);
  }

  /** Returns the newest completed checkpoint, for {@link #submit(Path, List, Optional)}. */
  public Optional<Path> latestCheckpointPath(String jobId) {
    return rest.latestCheckpoint(jobId);
  }

  /** Returns the size of the newest completed checkpoint in bytes; 0 before the first. */
  public long checkpointBytes(String jobId) {
    return rest.checkpointBytes(jobId);
  }

  /** Returns the restarts of the most restarted task; up to 1 s old. */
  public long restarts(String jobId) {
    return rest.restarts(jobId);
  }

  /** The job's failures with their stack traces, newest first. */
  public List<String> exceptions(String jobId) {
    return rest.exceptions(jobId);
  }

  /**
   * Starts one more TaskManager and waits until the JobManager has its slots.
   *
   * @return its index, from 0 in order of starting
   */
  public int startTaskManager() {
    launchTaskManager();
    int index = taskManagers.size() - 1;
    awaitTaskManager(index);
    return index;
  }

  /**
   * Kills a TaskManager (SIGKILL) and waits for its end. The JobManager detects it within some
   * seconds.
   *
   * @param index from 0 in order of starting
   */
  public void killTaskManager(int index) {
    taskManagers.get(index).kill();
  }

  /** Kills the JobManager (SIGKILL) and waits for its end. */
  public void killJobManager() {
    jobManager.kill();
  }

  /**
   * The memory of all its processes (resident sets), in bytes; empty where there is no Linux /proc.
   */
  public OptionalLong memoryBytes() {
    long sum = 0;
    List<ChildProcess> all = new ArrayList<>(taskManagers);
    all.add(jobManager);
    for (ChildProcess process : all) {
      if (process.isAlive()) {
        OptionalLong bytes = process.memoryBytes();
        if (bytes.isEmpty()) {
          return bytes;
        }
        sum += bytes.getAsLong();
      }
    }
    return OptionalLong.of(sum);
  }

  /** Returns the ids of running processes, JobManager first. */
  public List<Long> pids() {
    List<ChildProcess> all = new ArrayList<>(List.of(jobManager));
    all.addAll(taskManagers);
    return all.stream().filter(ChildProcess::isAlive).map(ChildProcess::pid).toList();
  }

  /**
   * Ends all processes of the cluster, the JobManager first: the jobs' state stays as of the last
   * checkpoint.
   */
  @Override
  public void close() {
    jobManager.close();
    taskManagers.forEach(ChildProcess::close);
  }

  private void launchTaskManager() {
    int index = taskManagers.size();
    taskManagers.add(
        ChildProcess.start(
            "Flink's TaskManager " + index,
            files.taskManagerCommand(index),
            files.directory(),
            files.log(FlinkFiles.taskManagerId(index)),
            Map.of()));
  }

  private void awaitTaskManager(int index) {
    String id = FlinkFiles.taskManagerId(index);
    taskManagers.get(index).awaitReady(READY, () -> rest.slotsOf(id) == settings.slots());
  }
}
