package dev.upswell.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackFolderTest {
  @TempDir Path temp;
  private Path directory;

  @BeforeEach
  void name() {
    directory = temp.resolve("deep/state");
  }

  @Test
  void leftoversOfAnEarlierRunAreDeleted() throws IOException {
    leave("kafka/data/log");
    try (StackFolder folder = StackFolder.take(directory, false)) {
      assertThat(folder.kafka()).doesNotExist();
    }
  }

  @Test
  void leftoversOfAnEarlierRunAreKeptOnRequest() throws IOException {
    leave("kafka/data/log");
    try (StackFolder folder = StackFolder.take(directory, true)) {
      assertThat(folder.kafka().resolve("data/log")).exists();
    }
  }

  @Test
  void folderWithForeignFilesIsUntouched() throws IOException {
    Path theirs = Files.writeString(temp.resolve("thesis.txt"), "years of work");
    assertThatThrownBy(() -> StackFolder.take(temp, false))
        .isInstanceOf(StackException.class)
        .hasMessage("--dir: " + temp + " (expected: a new or empty folder, or one of ./run)");
    assertThat(theirs).exists();
  }

  @Test
  void linkIsDeletedAndNotItsTarget() throws IOException {
    Path theirs = Files.writeString(temp.resolve("thesis.txt"), "years of work");
    leave("kafka/log");
    Files.createSymbolicLink(directory.resolve("link"), temp);
    StackFolder.take(directory, false).close();
    assertThat(theirs).exists();
    assertThat(directory.resolve("link")).doesNotExist();
  }

  @Test
  void folderInUseIsRejectedAndFreeAfterwards() {
    StackFolder first = StackFolder.take(directory, false);
    assertThatThrownBy(() -> StackFolder.take(directory, true))
        .isInstanceOf(StackException.class)
        .hasMessage("--dir: " + directory + " (expected: a folder that no other ./run is using)");
    first.close();
    StackFolder.take(directory, true).close();
  }

  @Test
  void processOfAnEarlierRunIsStopped() throws IOException {
    Process leftover = new ProcessBuilder("sleep", "600").start();
    try (StackFolder folder = StackFolder.take(directory, false)) {
      folder.processes().add(List.of(leftover.pid()));
    }
    StackFolder.take(directory, true).close();
    assertThat(leftover.isAlive()).isFalse();
    assertThat(directory.resolve("processes")).doesNotExist();
  }

  @Test
  void processWithAReusedIdIsUntouched() throws IOException {
    Process other = new ProcessBuilder("sleep", "600").start();
    leave("kafka/log");
    Files.writeString(directory.resolve("processes"), other.pid() + " 1000\n");
    StackFolder.take(directory, true).close();
    assertThat(other.isAlive()).isTrue();
    other.destroyForcibly();
  }

  private void leave(String file) throws IOException {
    StackFolder.take(directory, false).close();
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "old");
  }
}
