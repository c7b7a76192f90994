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
   * Starts the process again after {@link #stop} or {@link #kill}, on the same port and in the same
   * folder, and waits until it is ready.
   *
   * @throws IllegalStateException if it is running
   * @throws ProcessFailedException if it does not become ready
   */
  public void restart() {
    if (process.isAlive()) {
      throw new IllegalStateException("still running as process " + process.pid());
    }
    process = launch();
  }

  /** Pauses the process (SIGSTOP). It keeps connections and does not answer. */
  public void pause() {
    process.pause();
  }

  /** Ends a pause (SIGCONT). */
  public void resume() {
    process.resume();
  }

  /** Kills the process (SIGKILL), like a power failure, and waits for its end. */
  public void kill() {
    process.kill();
  }

  /** Stops the process (SIGTERM) and waits for its end. */
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
