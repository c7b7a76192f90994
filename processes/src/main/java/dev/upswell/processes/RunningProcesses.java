package dev.upswell.processes;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The processes that this JVM has to end before it ends itself, last started first: what was
 * started later needs what was started before. Thread-safe.
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

  /** Starts and adds a process in one step, so that none is started unseen while the JVM ends. */
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
