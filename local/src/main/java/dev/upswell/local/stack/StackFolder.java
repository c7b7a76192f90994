package dev.upswell.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a system, for one system at a time. A file in it marks it as such, so that no other
 * folder is ever emptied.
 */
final class StackFolder implements AutoCloseable {
  private static final String MARK = "upswell-stack.lock";

  private final Path directory;
  private final FileChannel channel;

  private StackFolder(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Locks the folder, and stops the processes of an earlier system.
   *
   * @param keep whether to keep the data of the earlier system
   * @throws StackException if the folder is in use or has other files
   */
  static StackFolder take(Path directory, boolean keep) {
    Path mark = directory.resolve(MARK);
    try {
      if (Files.isDirectory(directory) && !Files.exists(mark) && !list(directory).isEmpty()) {
        throw new StackException(
            "--dir: " + directory + " (expected: a new or empty folder, or one of ./run)");
      }
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(mark, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new StackException(
            "--dir: " + directory + " (expected: a folder that no other ./run is using)");
      }
      StackFolder folder = new StackFolder(directory, channel);
      folder.processes().endAll();
      if (!keep) {
        folder.empty();
      }
      return folder;
    } catch (IOException e) {
      throw new StackException("--dir: " + directory + " cannot be used: " + e, e);
    }
  }

  Path directory() {
    return directory;
  }

  /** The processes that run in the folder. */
  ProcessList processes() {
    return new ProcessList(directory.resolve("processes"));
  }

  Path kafka() {
    return directory.resolve("kafka");
  }

  Path redis() {
    return directory.resolve("redis");
  }

  Path flink() {
    return directory.resolve("flink");
  }

  Path api() {
    return directory.resolve("api");
  }

  Path checkpoints() {
    return directory.resolve("checkpoints");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void empty() throws IOException {
    for (Path child : list(directory)) {
      if (!child.endsWith(MARK)) {
        delete(child);
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(tree)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.toList();
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException byThisJvm) {
      return null;
    }
  }
}
