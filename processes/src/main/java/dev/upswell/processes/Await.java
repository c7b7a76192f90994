package dev.upswell.processes;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Polls conditions of other processes, which send no notifications. */
public final class Await {
  private static final long POLL_MILLIS = 50;

  private Await() {}

  /**
   * Waits until the condition holds.
   *
   * @param limit maximum wait; the condition is checked at least once
   * @return whether the condition became true in time
   * @throws IllegalStateException when the thread is interrupted; its interrupt flag is set again
   */
  public static boolean until(Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      pause();
    }
    return true;
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    }
  }
}
