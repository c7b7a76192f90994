package dev.upswell.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatestCheckpointTest {
  @TempDir Path checkpoints;

  @Test
  void newestCompletedCheckpointOfAllStartsIsFound() throws IOException {
    complete("start-a/chk-9", 100);
    Path newest = complete("start-b/chk-2", 300);
    complete("start-b/chk-1", 200);
    Files.createDirectories(checkpoints.resolve("start-b/chk-3"));
    Files.createDirectories(checkpoints.resolve("start-b/shared"));
    assertThat(LatestCheckpoint.in(checkpoints)).contains(newest);
  }

  @Test
  void withoutAnyThereIsNone() {
    assertThat(LatestCheckpoint.in(checkpoints)).isEmpty();
    assertThat(LatestCheckpoint.in(checkpoints.resolve("none"))).isEmpty();
  }

  private Path complete(String name, long second) throws IOException {
    Path directory = Files.createDirectories(checkpoints.resolve(name));
    Path metadata = Files.writeString(directory.resolve("_metadata"), "");
    Files.setLastModifiedTime(metadata, FileTime.from(Instant.ofEpochSecond(second)));
    return directory;
  }
}
