package dev.upswell.local;

import java.util.concurrent.CountDownLatch;

/** Activity while the system runs. */
interface Run {
  /**
   * Does it.
   *
   * @param stop ends it early when it is counted down
   * @return whether all was as it should be
   */
  boolean until(CountDownLatch stop);
}
