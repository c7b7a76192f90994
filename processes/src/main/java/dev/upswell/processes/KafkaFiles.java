package dev.upswell.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;

/** The folder of a broker: its configuration, its data and the commands that use them. */
final class KafkaFiles {
  private final Path directory;
  private final Path data;
  private final Path properties;

  KafkaFiles(Path directory) {
    this.directory = directory;
    this.data = directory.resolve("data");
    this.properties = directory.resolve("server.properties");
  }

  void write(int port, int controllerPort) {
    // One broker, so replication is 1. Few partitions of internal topics and small index files make
    // it start quickly.
    String configuration =
        """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        controller.listener.names=CONTROLLER
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
        log.dirs=%3$s
        auto.create.topics.enable=false
        default.replication.factor=1
        min.insync.replicas=1
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=4
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=4
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        share.coordinator.state.topic.num.partitions=1
        group.initial.rebalance.delay.ms=0
        log.index.size.max.bytes=1048576
        log.cleaner.dedupe.buffer.size=16777216
        """
            .formatted(port, controllerPort, data);
    try {
      Files.createDirectories(data);
      Files.writeString(properties, configuration);
      ConsoleLogging.write(directory);
    } catch (IOException e) {
      throw new ProcessFailedException("Kafka's configuration cannot be written: " + e, e);
    }
  }

  boolean isFormatted() {
    return Files.exists(data.resolve("meta.properties"));
  }

  List<String> formatCommand() {
    return command(
        List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
        "kafka.tools.StorageTool",
        List.of("format", "-t", Uuid.randomUuid().toString(), "-c", properties.toString()));
  }

  List<String> brokerCommand() {
    return command(
        List.of("-Xms128m", "-Xmx384m", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError"),
        "kafka.Kafka",
        List.of(properties.toString()));
  }

  private List<String> command(List<String> flags, String mainClass, List<String> arguments) {
    List<String> allFlags = new ArrayList<>(flags);
    allFlags.addAll(JavaCommand.tidyIn(directory));
    allFlags.add(ConsoleLogging.flag(directory));
    return JavaCommand.of(allFlags, Home.classpath("processes/kafka"), mainClass, arguments);
  }
}
