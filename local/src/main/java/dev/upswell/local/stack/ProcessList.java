package dev.upswell.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stores the processes of a system with the time of their start. If {@code ./run} is killed with
 * SIGKILL they continue, and the next run in the same folder stops them. The start time
 * distinguishes them from later processes with the same id.
 */
final class ProcessList {
  private final Path file;

  ProcessList(Path file) {
    this.file = file;
  }

  void add(List<Long> pids) {
    for (long pid : pids) {
      startOf(pid).ifPresent(start -> append(pid + " " + start.toEpochMilli()));
    }
  }

  /** Stops the processes that still run, and clears the list. Returns their number. */
  int endAll() {
    try {
      int ended = 0;
      for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
        String[] parts = line.split(" ", 2);
        ended +=
            end(Long.parseLong(parts[0]), Instant.ofEpochMilli(Long.parseLong(parts[1]))) ? 1 : 0;
      }
      Files.deleteIfExists(file);
      return ended;
    } catch (IOException e) {
      throw new StackException("cannot read " + file + ": " + e, e);
    }
  }

  private static boolean end(long pid, Instant start) {
    Optional<ProcessHandle> process =
        startOf(pid).filter(start::equals).flatMap(same -> ProcessHandle.of(pid));
    process.ifPresent(
        leftover -> {
          leftover.destroyForcibly();
          leftover.onExit().join();
        });
    return process.isPresent();
  }

  private static Optional<Instant> startOf(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().startInstant());
  }

  private void append(String line) {
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new StackException("cannot write " + file + ": " + e, e);
    }
  }
}
