package dev.upswell.processes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * Kafka broker that is its own controller (KRaft), on the loopback interface without TLS. Topics
 * are created by {@link #createTopic} only. Its data stays in its folder.
 */
public final class KafkaProcess extends Server {
  private static final Duration READY = Duration.ofSeconds(90);
  private static final long ASK_SECONDS = 5;

  private final Path directory;
  private final int port;
  private final int controllerPort;

  private KafkaProcess(Path directory, int port, int controllerPort) {
    super(launch(directory, port, controllerPort));
    this.directory = directory;
    this.port = port;
    this.controllerPort = controllerPort;
  }

  /** Starts a broker on a free port and waits until it serves. */
  public static KafkaProcess start(Path directory) {
    return start(directory, Ports.free());
  }

  /**
   * Starts a broker and waits until it is ready.
   *
   * @param directory its data, configuration and log; created if absent. Data of an earlier broker
   *     is kept.
   * @throws ProcessFailedException if it is not ready within 90 s
   */
  public static KafkaProcess start(Path directory, int port) {
    return new KafkaProcess(directory.toAbsolutePath(), port, Ports.free());
  }

  /** Such as {@code 127.0.0.1:20123}. */
  public String bootstrapServers() {
    return bootstrapServers(port);
  }

  public int port() {
    return port;
  }

  /**
   * Creates a topic and waits until each of its partitions has a leader. An existing topic is not
   * changed.
   *
   * @param configs such as {@code cleanup.policy=compact}
   * @throws ProcessFailedException if the broker rejects it or does not answer
   */
  public void createTopic(String name, int partitions, Map<String, String> configs) {
    try (Admin admin = admin(port)) {
      if (!admin.listTopics().names().get(ASK_SECONDS, TimeUnit.SECONDS).contains(name)) {
        NewTopic topic =
            new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configs);
        admin.createTopics(List.of(topic)).all().get(ASK_SECONDS, TimeUnit.SECONDS);
      }
      if (!Await.until(READY, () -> hasLeaders(admin, name))) {
        throw new ProcessFailedException("topic " + name + " has no leaders");
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new ProcessFailedException("topic " + name + " cannot be created: " + e, e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  ChildProcess launch() {
    return launch(directory, port, controllerPort);
  }

  private static ChildProcess launch(Path directory, int port, int controllerPort) {
    Ports.requireFree("Kafka", port);
    KafkaFiles files = new KafkaFiles(directory);
    files.write(port, controllerPort);
    if (!files.isFormatted()) {
      ChildProcess.start(
              "Kafka's StorageTool",
              files.formatCommand(),
              directory,
              directory.resolve("format.log"),
              Map.of())
          .awaitSuccess(READY);
    }
    ChildProcess process =
        ChildProcess.start(
            "Kafka", files.brokerCommand(), directory, directory.resolve("kafka.log"), Map.of());
    try (Admin admin = admin(port)) {
      process.awaitReady(READY, () -> serves(admin));
    }
    return process;
  }

  private static boolean serves(Admin admin) {
    try {
      return !admin.describeCluster().nodes().get(ASK_SECONDS, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException notYet) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static boolean hasLeaders(Admin admin, String topic) {
    try {
      TopicDescription description =
          admin
              .describeTopics(List.of(topic))
              .allTopicNames()
              .get(ASK_SECONDS, TimeUnit.SECONDS)
              .get(topic);
      return description != null
          && description.partitions().stream()
              .allMatch(partition -> partition.leader() != null && !partition.leader().isEmpty());
    } catch (ExecutionException | TimeoutException notYet) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static Admin admin(int port) {
    return Admin.create(
        Map.of(
            "bootstrap.servers", bootstrapServers(port),
            "request.timeout.ms", 5_000,
            "default.api.timeout.ms", 5_000));
  }

  private static String bootstrapServers(int port) {
    return "127.0.0.1:" + port;
  }

  private static ProcessFailedException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new ProcessFailedException("interrupted while waiting for Kafka", e);
  }
}
