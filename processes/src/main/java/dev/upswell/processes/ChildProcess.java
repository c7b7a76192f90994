package dev.upswell.processes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A program started by this JVM, with its output in a log file. It ends when this JVM ends, unless
 * the JVM is killed with SIGKILL, which leaves it no time.
 *
 * <p>Thread-safe.
 */
public final class ChildProcess implements AutoCloseable {
  private static final Duration TIME_TO_END = Duration.ofSeconds(15);
  private static final int TAIL_LINES = 25;
  private static final long TAIL_BYTES = 16_384;
  private static final RunningProcesses RUNNING = new RunningProcesses();

  private final String name;
  private final Path log;
  private final Process process;

  private ChildProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts a program. It runs when this returns; {@link #awaitReady} waits for readiness.
   *
   * @param name name in messages
   * @param directory working directory; created if absent
   * @param log file to which its output is appended
   * @param environment added to the environment of this JVM without UPSWELL_ variables
   * @throws ProcessFailedException if the system cannot start it
   */
  public static ChildProcess start(
      String name,
      List<String> command,
      Path directory,
      Path log,
      Map<String, String> environment) {
    try {
      Files.createDirectories(directory);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      // Options of this program are not options of the started one.
      builder.environment().keySet().removeIf(variable -> variable.startsWith("UPSWELL_"));
      builder.environment().putAll(environment);
      ChildProcess child = RUNNING.add(() -> new ChildProcess(name, log, builder.start()));
      child.process.getOutputStream().close();
      return child;
    } catch (IOException e) {
      throw new ProcessFailedException(name + " cannot be started: " + e.getMessage(), e);
    }
  }

  /**
   * Waits until the probe succeeds.
   *
   * @throws ProcessFailedException if the program ends before, or the limit passes; the message has
   *     the last lines of its log
   */
  public void awaitReady(Duration limit, BooleanSupplier probe) {
    boolean done = Await.until(limit, () -> !process.isAlive() || probe.getAsBoolean());
    if (!process.isAlive()) {
      throw failed("ended with exit code " + process.exitValue() + " before it was ready");
    }
    if (!done) {
      kill();
      throw failed("was not ready within " + limit.toSeconds() + " s");
    }
  }

  /**
   * Waits until the program ends by itself.
   *
   * @throws ProcessFailedException when it ends with an exit code other than 0, or the limit passes
   */
  public void awaitSuccess(Duration limit) {
    if (!Await.until(limit, () -> !process.isAlive())) {
      throw failed("did not end within " + limit.toSeconds() + " s");
    }
    RUNNING.remove(this);
    if (process.exitValue() != 0) {
      throw failed("ended with exit code " + process.exitValue());
    }
  }

  /** Returns a failure of this program, with the path of its log and the last lines. */
  ProcessFailedException failed(String what) {
    return new ProcessFailedException(
        name + " " + what + "; its log " + log + " ends with\n" + logTail());
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** Pauses the process (SIGSTOP). It keeps connections and does not answer. */
  public void pause() {
    signal("STOP");
  }

  /** Ends a pause (SIGCONT). */
  public void resume() {
    signal("CONT");
  }

  /** Kills the process and its children (SIGKILL) and waits for their end. */
  public void kill() {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
    awaitEnd();
    RUNNING.remove(this);
  }

  /** Stops the process (SIGTERM), kills it after 15 s, and waits for its end. */
  @Override
  public void close() {
    List<ProcessHandle> descendants = process.descendants().toList();
    if (process.isAlive()) {
      process.destroy();
      resume();
    }
    if (!awaitEnd()) {
      process.destroyForcibly();
      awaitEnd();
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
    RUNNING.remove(this);
  }

  /** The memory that it occupies (resident set), in bytes; empty where there is no Linux /proc. */
  public OptionalLong memoryBytes() {
    Path status = Path.of("/proc", Long.toString(pid()), "status");
    try {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmRSS:")) {
          String kibibytes = line.substring("VmRSS:".length()).replace("kB", "").strip();
          return OptionalLong.of(Long.parseLong(kibibytes) * 1024);
        }
      }
    } catch (IOException noSuchFile) {
      return OptionalLong.empty();
    }
    return OptionalLong.empty();
  }

  private void signal(String signal) {
    try {
      // By the shell, which has kill built in: not every system has the program.
      new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid()).start().waitFor();
    } catch (IOException e) {
      throw new ProcessFailedException(name + " cannot be sent SIG" + signal, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProcessFailedException(name + " was not sent SIG" + signal, e);
    }
  }

  private boolean awaitEnd() {
    try {
      return process.waitFor(TIME_TO_END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private String logTail() {
    try {
      byte[] bytes = Files.readAllBytes(log);
      int from = (int) Math.max(0, bytes.length - TAIL_BYTES);
      String end = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
      List<String> lines = new ArrayList<>(end.lines().toList());
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(unreadable: " + e.getMessage() + ")";
    }
  }
}
