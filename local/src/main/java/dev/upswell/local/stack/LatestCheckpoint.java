package dev.upswell.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the newest completed checkpoint in a folder, across all starts of the job. */
final class LatestCheckpoint {
  private LatestCheckpoint() {}

  /** Returns the folder of the checkpoint; empty without one. */
  static Optional<Path> in(Path checkpoints) {
    if (!Files.isDirectory(checkpoints)) {
      return Optional.empty();
    }
    // checkpoints/<id of a start>/chk-<number>/_metadata; that file is written last.
    try (Stream<Path> files = Files.walk(checkpoints, 3)) {
      List<Path> completed = files.filter(file -> file.endsWith("_metadata")).toList();
      return completed.stream()
          .max(Comparator.comparing(LatestCheckpoint::time))
          .map(Path::getParent);
    } catch (IOException e) {
      throw new StackException("cannot read the checkpoints in " + checkpoints + ": " + e, e);
    }
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new StackException("cannot read " + file + ": " + e, e);
    }
  }
}
