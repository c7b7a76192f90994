package dev.upswell.local;

import java.util.concurrent.CountDownLatch;

/** Activity while the system runs. */
interface Run {
  /**
   * Executes the run.
   *
   * @param stop ends the run early when it is counted down
   * @return whether all results were correct
   */
  boolean until(CountDownLatch stop);
}
