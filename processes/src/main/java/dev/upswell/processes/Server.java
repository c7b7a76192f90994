package dev.upswell.processes;

import java.util.OptionalLong;

/**
 * A server of one process that keeps its port and its folder over a restart.
 *
 * <p>Not thread-safe: one thread steers it.
 */
public abstract sealed class Server implements AutoCloseable permits KafkaProcess, RedisProcess {
  private ChildProcess process;

  Server(ChildProcess process) {
    this.process = process;
  }

  /** Starts the process and waits until it is ready. */
  abstract ChildProcess launch();

  /**
   * Starts it again after {@link #stop} or {@link #kill}, on the same port and in the same folder,
   * and waits until it is ready.
   *
   * @throws IllegalStateException when it is running
   * @throws ProcessFailedException when it does not become ready
   */
  public void restart() {
    if (process.isAlive()) {
      throw new IllegalStateException("still running as process " + process.pid());
    }
    process = launch();
  }

  /** Stops its execution where it stands (SIGSTOP): it keeps connections and answers nothing. */
  public void pause() {
    process.pause();
  }

  /** Ends a pause (SIGCONT). */
  public void resume() {
    process.resume();
  }

  /** Kills it (SIGKILL), as a power cut would, and returns when it is gone. */
  public void kill() {
    process.kill();
  }

  /** Lets it end in order (SIGTERM) and returns when it is gone. */
  public void stop() {
    process.close();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** The memory that it occupies (resident set), in bytes; empty where there is no Linux /proc. */
  public OptionalLong memoryBytes() {
    return process.memoryBytes();
  }

  @Override
  public void close() {
    stop();
  }
}
