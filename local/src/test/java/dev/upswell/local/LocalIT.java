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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program as its user does. */
@Tag("long")
class LocalIT {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  @TempDir Path temp;

  @Test
  void checkPassesWithAKilledTaskManagerAndLeavesNoProcess() throws IOException {
    Path log = temp.resolve("run.log");
    run(log, "--check", "--duration", "30s").awaitSuccess(LIMIT);
    assertThat(Files.readString(log))
        .contains("ok failure: a TaskManager was killed, all 3 jobs ran again")
        .containsPattern("ok feeds: 2,400 viewers, [1-9][0-9,]+ entries equal the model")
        .contains("ok removed videos: ")
        .contains("ok unfollowed and blocked creators: ")
        .containsPattern(
            "ok dead letters: ([1-9][0-9]{2}) malformed records, \\1 of them in upswell.dead-letters")
        .containsPattern("ok tiers: views and tiers of [1-9][0-9,]+ videos, 0 of them differ")
        .containsPattern(
            "ok views: [1-9][0-9,]+ \\(video, hour\\) records of [3-5] hours .* equal the ledger")
        .containsPattern("ok viral videos: ([1-9][0-9]*) viral videos promoted, \\1 in the model")
        .containsPattern("ok promotions: ([1-9][0-9,]*) changes of tiers, \\1 in the model")
        .containsPattern("ok trending: [1-9][0-9,]* places of what is watched most in [1-9]")
        .containsPattern("ok late events: ([1-9][0-9]*) views came .*, \\1 late events")
        .doesNotContain("FAILED");
    assertThat(processesOfThisRun()).isEmpty();
  }

  @Test
  void stoppedRunLeavesNoProcessAndResumesFromItsCheckpoint() throws IOException {
    Path log = temp.resolve("run.log");
    ChildProcess first = run(log, "--users", "1000", "--creators", "100");
    first.awaitReady(LIMIT, () -> read(log).contains("publish to feed") && checkpointsAreThere());
    first.close();
    assertThat(processesOfThisRun()).isEmpty();
    assertThat(read(log)).endsWith("stopping\n");

    Path secondLog = temp.resolve("second.log");
    ChildProcess second = run(secondLog, "--users", "1000", "--creators", "100", "--keep");
    second.awaitReady(LIMIT, () -> read(secondLog).contains("publish to feed"));
    second.close();
    assertThat(read(secondLog))
        .containsPattern("fan-out job is healthy after [0-9.]+ s, from chk-")
        .containsPattern("viral detector is healthy after [0-9.]+ s, from chk-")
        .containsPattern("trending job is healthy after [0-9.]+ s, from chk-");
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

  private boolean checkpointsAreThere() {
    return checkpointIsThere("fanout")
        && checkpointIsThere("viral-detector")
        && checkpointIsThere("trending");
  }

  private boolean checkpointIsThere(String job) {
    try (Stream<Path> files = Files.walk(state().resolve("checkpoints").resolve(job), 3)) {
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
