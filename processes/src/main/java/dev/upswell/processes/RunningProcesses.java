package dev.upswell.processes;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Processes that this JVM stops before its own end, in reverse order of their start. Thread-safe.
 */
final class RunningProcesses {
  /** Starts a process. */
  interface Start {
    ChildProcess run() throws IOException;
  }

  private final Deque<ChildProcess> running = new ArrayDeque<>();
  private boolean ending;

  RunningProcesses() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::endAll, "end-processes"));
  }

  /** Starts and adds a process in one step, so that none is missed while the JVM ends. */
  synchronized ChildProcess add(Start start) throws IOException {
    if (ending) {
      throw new IOException("this JVM is ending");
    }
    ChildProcess process = start.run();
    running.push(process);
    return process;
  }

  synchronized void remove(ChildProcess process) {
    running.remove(process);
  }

  private void endAll() {
    Deque<ChildProcess> toEnd;
    synchronized (this) {
      ending = true;
      toEnd = new ArrayDeque<>(running);
    }
    toEnd.forEach(ChildProcess::close);
  }
}
