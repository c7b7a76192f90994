package dev.upswell.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path directory;

  @Test
  void noProcessOutlivesTheJvmThatStartedIt() throws IOException {
    Path log = directory.resolve("forgetful.log");
    List<String> command =
        JavaCommand.of(
            List.of("-Xmx64m"),
            System.getProperty("java.class.path"),
            Forgetful.class.getName(),
            List.of(directory.toString()));
    ChildProcess.start("forgetful", command, directory, log, Map.of()).awaitSuccess(LIMIT);

    String pid = Files.readString(log).strip().replaceFirst("(?s).*pid=", "");
    assertThat(ProcessHandle.of(Long.parseLong(pid))).isEmpty();
  }

  @Test
  void childrenOfAProcessEndWithIt() throws IOException {
    Path log = directory.resolve("parent.log");
    List<String> command = List.of("sh", "-c", "sleep 600 & echo $!; wait");
    ChildProcess parent = ChildProcess.start("parent", command, directory, log, Map.of());
    parent.awaitReady(LIMIT, () -> !readAll(log).isBlank());
    long child = Long.parseLong(readAll(log).strip());
    assertThat(ProcessHandle.of(child)).isPresent();

    parent.close();

    assertThat(Await.until(LIMIT, () -> ProcessHandle.of(child).isEmpty())).isTrue();
  }

  @Test
  void missingProgramIsNamed() {
    assertThatThrownBy(
            () ->
                ChildProcess.start(
                    "ghost",
                    List.of("/no/such/program"),
                    directory,
                    directory.resolve("log"),
                    Map.of()))
        .isInstanceOf(ProcessFailedException.class)
        .hasMessageContaining("ghost cannot be started")
        .hasMessageContaining("/no/such/program");
  }

  @Test
  void startTimeoutNamesTheProgramAndTheEndOfItsLog() {
    try (ChildProcess sleeper =
        ChildProcess.start(
            "sleeper",
            List.of("sh", "-c", "echo dozing; exec sleep 600"),
            directory,
            directory.resolve("sleeper.log"),
            Map.of())) {
      assertThatThrownBy(() -> sleeper.awaitReady(Duration.ofSeconds(1), () -> false))
          .isInstanceOf(ProcessFailedException.class)
          .hasMessage(
              "sleeper was not ready within 1 s; its log "
                  + directory.resolve("sleeper.log")
                  + " ends with\ndozing");
    }
  }

  private static String readAll(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
