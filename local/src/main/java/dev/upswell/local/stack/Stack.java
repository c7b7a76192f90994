package dev.upswell.local.stack;

import dev.upswell.contract.EventType;
import dev.upswell.contract.Topics;
import dev.upswell.local.console.Console;
import dev.upswell.processes.ApiProcess;
import dev.upswell.processes.FlinkCluster;
import dev.upswell.processes.FlinkSettings;
import dev.upswell.processes.Home;
import dev.upswell.processes.KafkaProcess;
import dev.upswell.processes.Ports;
import dev.upswell.processes.RedisProcess;
import dev.upswell.processes.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The whole system: Kafka, Redis, a Flink cluster with its jobs, and the API. They start in this
 * order, each when the one before is healthy, and stop in the reverse order.
 *
 * <p>Not thread-safe.
 */
public final class Stack implements AutoCloseable {
  /** The names of the topics that the system uses. */
  public static final Topics TOPICS = new Topics(Topics.DEFAULT_PREFIX);

  /** Partitions of each input topic. */
  public static final int PARTITIONS = 4;

  private static final int PARALLELISM = 2;
  private static final int SLOTS = PARALLELISM * Job.values().length;

  // Heap of a TaskManager for three jobs, in MiB.
  private static final int HEAP = 896;
  private static final int MANAGED = 512;
  private static final int NETWORK = 128;

  private static final Duration JOB_RUNNING = Duration.ofSeconds(90);
  private static final long MEBIBYTE = 1 << 20;

  private final Console console;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final StackFolder folder;
  private final KafkaProcess kafka;
  private final RedisProcess redis;
  private final FlinkCluster flink;
  private final Map<Job, String> jobs = new EnumMap<>(Job.class);
  private final ApiProcess api;
  private int taskManager;

  private Stack(StackSettings settings, Console console) {
    this.console = console;
    this.folder = part(StackFolder.take(settings.directory().toAbsolutePath(), settings.keep()));
    StackSettings.Ports ports = settings.ports();
    try {
      this.kafka = started("Kafka", () -> startKafka(port(ports.kafka())), Stack::pid);
      this.redis =
          started(
              "Redis",
              () ->
                  RedisProcess.start(
                      folder.redis(), port(ports.redis()), RedisProcess.Persistence.APPEND_ONLY),
              Stack::pid);
      this.flink = started("Flink", () -> startFlink(ports.flink()), FlinkCluster::pids);
      for (Job job : Job.values()) {
        jobs.put(job, submit(job, settings));
      }
      this.api =
          started(
              "API",
              () ->
                  ApiProcess.start(
                      folder.api(),
                      port(ports.api()),
                      List.of(
                          // The API listens on the loopback interface only.
                          "--auth=off",
                          // All users are this machine's, and comparisons read as fast as they can.
                          "--rate-limit.user.per-second=0",
                          "--rate-limit.client.per-second=0",
                          // Removed videos must be hidden when feeds are compared.
                          "--feed.visibility-ttl=0s",
                          "--redis.uri=" + redis.uri(),
                          "--kafka.bootstrap-servers=" + kafka.bootstrapServers())),
              started -> List.of(started.pid()));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts all parts, waits until they are healthy, and prints each step.
   *
   * @throws StackException if the folder cannot be used
   * @throws dev.upswell.processes.ProcessFailedException if a part does not become healthy; then no
   *     process is left running
   */
  public static Stack start(StackSettings settings, Console console) {
    return new Stack(settings, console);
  }

  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  public String apiUrl() {
    return api.url();
  }

  public FlinkCluster flink() {
    return flink;
  }

  /** The ids of the jobs that run. */
  public Collection<String> jobs() {
    return List.copyOf(jobs.values());
  }

  /**
   * Kills the TaskManager (SIGKILL) and starts another one; returns when that has offered its
   * slots.
   */
  public void replaceTaskManager() {
    flink.killTaskManager(taskManager);
    taskManager = flink.startTaskManager();
    folder.processes().add(flink.pids());
  }

  /** Returns the records that all jobs have yet to read, as of the last checkpoint of each. */
  public long lag() {
    return Arrays.stream(Job.values()).mapToLong(this::lag).sum();
  }

  /** Returns the records that a job has yet to read, as of its last checkpoint. */
  public long lag(Job job) {
    try (ConsumerLag lag = new ConsumerLag(bootstrapServers(), job.id(), job.inputTopics())) {
      return lag.records();
    }
  }

  /** Prints addresses, folders and memory. */
  public void describe() {
    console.line("");
    console.line("  API              " + api.url() + " (auth: off)");
    console.line("  Flink dashboard  " + flink.restUrl());
    console.line("  Kafka            " + kafka.bootstrapServers());
    console.line("  Redis            " + redis.uri());
    console.line("  files and logs   " + folder.directory());
    memory().ifPresent(text -> console.line("  memory           " + text));
    console.line("");
  }

  /** Prints three commands to try next. */
  public void suggest() {
    console.line("");
    console.line("  a feed           curl \"" + api.url() + "/v1/users/1/feed?limit=3\"");
    console.line("  cache tiers      curl \"" + api.url() + "/v1/tiers?limit=3\"");
    console.line("  live trending    curl -N \"" + api.url() + "/v1/trending/stream\"");
    console.line("");
  }

  /** Ends every process, the one started last first. */
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        console.progress("could not be stopped: " + part + ": " + e);
      }
    }
  }

  private Optional<String> memory() {
    List<OptionalLong> all =
        List.of(kafka.memoryBytes(), redis.memoryBytes(), flink.memoryBytes(), api.memoryBytes());
    if (all.stream().anyMatch(OptionalLong::isEmpty)) {
      return Optional.empty();
    }
    long sum = all.stream().mapToLong(OptionalLong::getAsLong).sum();
    return Optional.of(
        "%,d MiB: Kafka %,d, Redis %,d, Flink %,d, API %,d"
            .formatted(
                sum / MEBIBYTE,
                all.get(0).getAsLong() / MEBIBYTE,
                all.get(1).getAsLong() / MEBIBYTE,
                all.get(2).getAsLong() / MEBIBYTE,
                all.get(3).getAsLong() / MEBIBYTE));
  }

  private KafkaProcess startKafka(int port) {
    KafkaProcess started = KafkaProcess.start(folder.kafka(), port);
    for (EventType<?> type : EventType.all()) {
      started.createTopic(type.topic(TOPICS), PARTITIONS, Map.of());
    }
    started.createTopic(TOPICS.feedDeliveries(), 2, Map.of());
    started.createTopic(TOPICS.hourlyViews(), 2, Map.of());
    started.createTopic(TOPICS.promotions(), 2, Map.of("cleanup.policy", "compact"));
    started.createTopic(TOPICS.trending(), 2, Map.of("cleanup.policy", "compact"));
    started.createTopic(TOPICS.lateEvents(), 1, Map.of());
    started.createTopic(TOPICS.deadLetters(), 1, Map.of());
    return started;
  }

  private FlinkCluster startFlink(OptionalInt port) {
    FlinkSettings settings =
        FlinkSettings.defaults()
            .withTaskManagers(1, SLOTS)
            .withMemory(HEAP, MANAGED, NETWORK)
            .withCheckpoints(folder.checkpoints())
            .withPorts(port, OptionalInt.empty())
            .withExtra(Map.of("parallelism.default", Integer.toString(PARALLELISM)));
    return FlinkCluster.start(folder.flink(), settings);
  }

  private String submit(Job job, StackSettings settings) {
    Path jar = Home.directory().resolve(job.jar());
    // Each job has its own folder, so that it resumes from its own checkpoint.
    Path checkpoints = folder.checkpoints().resolve(job.id());
    Optional<Path> checkpoint =
        settings.keep() ? LatestCheckpoint.in(checkpoints) : Optional.empty();
    List<String> arguments = new ArrayList<>(settings.optionsOf(job));
    arguments.addAll(
        List.of(
            "--kafka.bootstrap-servers",
            kafka.bootstrapServers(),
            "--redis.uri",
            redis.uri(),
            "--checkpoints.dir",
            checkpoints.toUri().toString(),
            "--checkpoints.interval",
            "5s"));
    long start = System.nanoTime();
    String id = flink.submit(jar, arguments, checkpoint);
    flink.awaitRunning(id, JOB_RUNNING);
    tell(job.text(), start, checkpoint.map(path -> ", from " + path.getFileName()).orElse(""));
    return id;
  }

  private <T extends AutoCloseable> T started(
      String name, Supplier<T> start, Function<T, List<Long>> pids) {
    long before = System.nanoTime();
    T part = part(start.get());
    folder.processes().add(pids.apply(part));
    tell(name, before, "");
    return part;
  }

  private void tell(String name, long start, String more) {
    double seconds = (System.nanoTime() - start) / 1e9;
    console.progress("%s is healthy after %.1f s%s".formatted(name, seconds, more));
  }

  private <T extends AutoCloseable> T part(T part) {
    parts.push(part);
    return part;
  }

  private static List<Long> pid(Server server) {
    return List.of(server.pid());
  }

  private static int port(OptionalInt given) {
    return given.orElseGet(Ports::free);
  }
}
