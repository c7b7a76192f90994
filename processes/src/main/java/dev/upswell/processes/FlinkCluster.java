package dev.upswell.processes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A Flink session cluster: one JobManager and some TaskManagers, each a process. Jobs are submitted
 * as the jars that a real cluster takes. The JobManager has no standby: when it goes, running jobs
 * are to be submitted again from a checkpoint.
 *
 * <p>Not thread-safe: one thread steers it.
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
   * Starts a cluster and waits until all its slots are there.
   *
   * @param directory configuration, logs, uploaded jars and local state; created if absent
   * @throws ProcessFailedException when it does not become ready within 90 s a process
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

  /** Task slots of all TaskManagers that the JobManager knows. */
  public int slots() {
    return rest.slots();
  }

  /** See {@link #submit(Path, List, Optional)}; starts with empty state. */
  public String submit(Path jar, List<String> arguments) {
    return submit(jar, arguments, Optional.empty());
  }

  /**
   * Submits a job. It runs with the parallelism that it sets itself, else with that of the
   * cluster's options.
   *
   * @param jar a job jar with its main class in the manifest
   * @param arguments of the main class
   * @param savepoint the checkpoint or savepoint to start from; it is left untouched
   * @return the job's id; it is deployed, not yet running
   * @throws ProcessFailedException when the cluster refuses it; says why
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
   * @throws ProcessFailedException when the job ends before, or the limit passes; says the job's
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

  /** Cancels the job and waits until it is gone. */
  public void cancel(String jobId) {
    rest.cancel(jobId);
    if (!Await.until(READY, () -> status(jobId).isTerminal())) {
      throw new ProcessFailedException("job " + jobId + " is still " + status(jobId));
    }
  }

  /**
   * Stops the job after a last checkpoint of all its state.
   *
   * <p>Flink refuses when a source whose vertex has a union state was blocked by backpressure in
   * one subtask and not in another: only the one that was not tells that it has ended. The job
   * starts again from its last checkpoint, and the request is repeated.
   *
   * @param folder where the savepoint gets a folder of its own
   * @return the savepoint's folder
   * @throws ProcessFailedException when it was not taken within 90 s, or refused each time
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

  /** The newest completed checkpoint, as {@link #submit(Path, List, Optional)} takes it. */
  public Optional<Path> latestCheckpointPath(String jobId) {
    return rest.latestCheckpoint(jobId);
  }

  /** All that the newest completed checkpoint refers to, in bytes; 0 before the first. */
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
   * Kills a TaskManager (SIGKILL) and returns when it is gone. The JobManager notices within some
   * seconds.
   *
   * @param index from 0 in order of starting
   */
  public void killTaskManager(int index) {
    taskManagers.get(index).kill();
  }

  /** Kills the JobManager (SIGKILL) and returns when it is gone. */
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

  /** The process ids of what runs, JobManager first. */
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
