package dev.upswell.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.processes.ChildProcess;
import dev.upswell.processes.Home;
import dev.upswell.processes.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program as its user does. */
class LocalIT {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  @TempDir Path temp;

  @Test
  void aCheckWithAKilledTaskManagerIsOkAndLeavesNothingRunning() throws IOException {
    Path log = temp.resolve("run.log");
    run(log, "--check", "--duration", "30s").awaitSuccess(LIMIT);
    assertThat(Files.readString(log))
        .contains("ok failure: a TaskManager was killed")
        .containsPattern("ok feeds: 2,400 viewers, [1-9][0-9,]+ entries equal the model")
        .contains("ok removed videos: ")
        .contains("ok unfollowed and blocked creators: ")
        .containsPattern(
            "ok dead letters: ([1-9][0-9]{2}) malformed records, \\1 of them in upswell.dead-letters")
        .doesNotContain("FAILED feeds");
    assertThat(processesOfThisRun()).isEmpty();
  }

  @Test
  void whatIsStoppedLeavesNothingRunningAndGoesOnFromItsLastCheckpoint() throws IOException {
    Path log = temp.resolve("run.log");
    ChildProcess first = run(log, "--users", "1000", "--creators", "100");
    first.awaitReady(LIMIT, () -> read(log).contains("publish to feed") && checkpointIsThere());
    first.close();
    assertThat(processesOfThisRun()).isEmpty();
    assertThat(read(log)).endsWith("stopping\n");

    Path secondLog = temp.resolve("second.log");
    ChildProcess second = run(secondLog, "--users", "1000", "--creators", "100", "--keep");
    second.awaitReady(LIMIT, () -> read(secondLog).contains("publish to feed"));
    second.close();
    assertThat(read(secondLog))
        .containsPattern("fan-out job is healthy after [0-9.]+ s, from chk-");
    assertThat(processesOfThisRun()).isEmpty();
  }

  private ChildProcess run(Path log, String... options) {
    List<String> arguments = new ArrayList<>(List.of("--dir", state().toString()));
    arguments.addAll(List.of(options));
    List<String> command =
        JavaCommand.of(
            List.of("-Xmx512m", "-D" + Home.PROPERTY + "=" + Home.directory()),
            System.getProperty("java.class.path"),
            Local.class.getName(),
            arguments);
    return ChildProcess.start("run", command, temp, log, Map.of());
  }

  private Path state() {
    return temp.resolve("state");
  }

  private boolean checkpointIsThere() {
    Path checkpoints = state().resolve("checkpoints");
    try (Stream<Path> files = Files.walk(checkpoints, 3)) {
      return files.anyMatch(file -> file.endsWith("_metadata"));
    } catch (IOException | UncheckedIOException filesComeAndGo) {
      return false;
    }
  }

  private List<String> processesOfThisRun() {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(line -> line.contains(temp.toString()))
        .toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
