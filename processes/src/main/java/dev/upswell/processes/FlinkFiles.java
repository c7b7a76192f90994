package dev.upswell.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The folder of a Flink cluster: its configuration, and the commands that Flink's shell scripts
 * would make of it.
 */
final class FlinkFiles {
  // Parts of a TaskManager's memory, in MiB, besides the settings.
  private static final int FRAMEWORK_HEAP = 128;
  private static final int FRAMEWORK_OFF_HEAP = 64;
  private static final int TASK_OFF_HEAP = 128;
  private static final int METASPACE = 192;
  private static final int OVERHEAD = 192;

  private static final List<String> OPENS =
      List.of(
          "java.lang",
          "java.util",
          "java.nio",
          "java.lang.reflect",
          "java.net",
          "java.time",
          "java.util.concurrent");

  private final Path directory;
  private final FlinkSettings settings;
  private final int restPort;

  FlinkFiles(Path directory, FlinkSettings settings, int restPort) {
    this.directory = directory;
    this.settings = settings;
    this.restPort = restPort;
  }

  static String taskManagerId(int index) {
    return "taskmanager-" + index;
  }

  Path directory() {
    return directory;
  }

  Path checkpoints() {
    return settings.checkpoints().orElse(directory.resolve("checkpoints")).toAbsolutePath();
  }

  Path log(String process) {
    return directory.resolve(process + ".log");
  }

  void write() {
    Map<String, String> options = new TreeMap<>(addresses());
    options.putAll(memory());
    options.putAll(behaviour());
    options.putAll(settings.extra());
    StringBuilder yaml = new StringBuilder();
    // Double-quoted: YAML then reads every value as a string and '\' and '"' are the only special
    // ones.
    options.forEach(
        (key, value) ->
            yaml.append(key)
                .append(": \"")
                .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                .append("\"\n"));
    try {
      Files.createDirectories(conf());
      Files.createDirectories(checkpoints());
      Files.createDirectories(directory.resolve("jars"));
      Files.writeString(conf().resolve("config.yaml"), yaml);
      ConsoleLogging.write(directory);
    } catch (IOException e) {
      throw new ProcessFailedException("Flink's configuration cannot be written: " + e, e);
    }
  }

  List<String> jobManagerCommand() {
    return command(
        "jobmanager",
        List.of("-Xms64m", "-Xmx256m", "-XX:MaxMetaspaceSize=256m", "-XX:+UseSerialGC"),
        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
        prometheus(0));
  }

  List<String> taskManagerCommand(int index) {
    int direct = FRAMEWORK_OFF_HEAP + TASK_OFF_HEAP + settings.networkMebibytes();
    List<String> options = new ArrayList<>(prometheus(index + 1));
    options.add("-Dtaskmanager.resource-id=" + taskManagerId(index));
    List<String> flags =
        new ArrayList<>(
            List.of(
                "-Xms128m",
                "-Xmx" + settings.heapMebibytes() + "m",
                "-XX:MaxDirectMemorySize=" + direct + "m",
                "-XX:MaxMetaspaceSize=" + METASPACE + "m",
                "-XX:+UseG1GC"));
    flags.addAll(settings.taskManagerFlags());
    return command(
        taskManagerId(index),
        flags,
        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
        options);
  }

  private Map<String, String> addresses() {
    String local = "127.0.0.1";
    return Map.of(
        "jobmanager.rpc.address", local,
        "jobmanager.rpc.port", Integer.toString(Ports.free()),
        "jobmanager.bind-host", local,
        "taskmanager.host", local,
        "taskmanager.bind-host", local,
        "rest.address", local,
        "rest.bind-address", local,
        "rest.port", Integer.toString(restPort));
  }

  /** Returns the memory options that the shell scripts would compute from the total. */
  private Map<String, String> memory() {
    Map<String, String> options = new TreeMap<>();
    options.put("taskmanager.numberOfTaskSlots", Integer.toString(settings.slots()));
    options.put("taskmanager.cpu.cores", Integer.toString(settings.slots()));
    options.put("taskmanager.memory.framework.heap.size", FRAMEWORK_HEAP + "m");
    options.put(
        "taskmanager.memory.task.heap.size", settings.heapMebibytes() - FRAMEWORK_HEAP + "m");
    options.put("taskmanager.memory.framework.off-heap.size", FRAMEWORK_OFF_HEAP + "m");
    options.put("taskmanager.memory.task.off-heap.size", TASK_OFF_HEAP + "m");
    options.put("taskmanager.memory.network.min", settings.networkMebibytes() + "m");
    options.put("taskmanager.memory.network.max", settings.networkMebibytes() + "m");
    options.put("taskmanager.memory.managed.size", settings.managedMebibytes() + "m");
    options.put("taskmanager.memory.jvm-metaspace.size", METASPACE + "m");
    options.put("taskmanager.memory.jvm-overhead.min", OVERHEAD + "m");
    options.put("taskmanager.memory.jvm-overhead.max", OVERHEAD + "m");
    return options;
  }

  private Map<String, String> behaviour() {
    Map<String, String> options = new TreeMap<>();
    options.put("io.tmp.dirs", directory.resolve("tmp").toString());
    options.put("web.upload.dir", directory.resolve("jars").toString());
    options.put("execution.checkpointing.dir", checkpoints().toUri().toString());
    options.put("execution.checkpointing.savepoint-dir", checkpoints().toUri().toString());
    // A TaskManager that refuses connections is declared dead after two heartbeats. A slow one, on
    // a machine with few cores, gets the long timeout.
    options.put("heartbeat.interval", "1 s");
    options.put("heartbeat.timeout", "30 s");
    options.put("heartbeat.rpc-failure-threshold", "2");
    options.put("web.refresh-interval", "1 s");
    if (settings.prometheusPort().isPresent()) {
      options.put(
          "metrics.reporter.prom.factory.class",
          "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
    }
    return options;
  }

  private List<String> prometheus(int offset) {
    return settings.prometheusPort().isEmpty()
        ? List.of()
        : List.of(
            "-Dmetrics.reporter.prom.port=" + (settings.prometheusPort().getAsInt() + offset));
  }

  private List<String> command(
      String process, List<String> memoryFlags, String mainClass, List<String> options) {
    List<String> flags = new ArrayList<>(memoryFlags);
    OPENS.forEach(name -> flags.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    flags.addAll(JavaCommand.tidyIn(directory));
    flags.add(ConsoleLogging.flag(directory));
    flags.add("-Dlog.file=" + log(process));
    List<String> arguments = new ArrayList<>(List.of("--configDir", conf().toString()));
    arguments.addAll(options);
    return JavaCommand.of(flags, Home.classpath("processes/flink"), mainClass, arguments);
  }

  private Path conf() {
    return directory.resolve("conf");
  }
}
