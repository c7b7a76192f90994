package dev.upswell.local.events;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Runs a step at a rate, on its own thread. It catches up after a delay, because load that slows
 * down with the system would hide that the system is slow.
 */
public final class PacedLoop implements AutoCloseable {
  private static final long TICK_MILLIS = 10;
  private static final double NANOS = 1e9;

  private final DoubleSupplier perSecond;
  private final Step step;
  private final ScheduledExecutorService executor;
  private final ScheduledFuture<?> ticks;
  private long last = System.nanoTime();
  private double owed;

  /** Repeated action. */
  public interface Step {
    /** Does it once. An exception ends the loop. */
    void run();
  }

  /**
   * Starts the loop.
   *
   * @param name of the thread
   * @param perSecond frequency per second, read at each tick of 10 ms
   */
  public PacedLoop(String name, DoubleSupplier perSecond, Step step) {
    this.perSecond = perSecond;
    this.step = step;
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    this.ticks = executor.scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Returns whether the loop runs.
   *
   * @throws IllegalStateException if a step failed
   */
  public boolean isRunning() {
    if (!ticks.isDone()) {
      return true;
    }
    if (!ticks.isCancelled()) {
      try {
        ticks.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return false;
  }

  /** Ends the loop; when this returns the last step is done, or 10 s have passed. */
  @Override
  public void close() {
    ticks.cancel(false);
    executor.shutdown();
    try {
      if (!executor.awaitTermination(10, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void tick() {
    long now = System.nanoTime();
    owed += perSecond.getAsDouble() * (now - last) / NANOS;
    last = now;
    while (owed >= 1 && !executor.isShutdown()) {
      owed--;
      step.run();
    }
  }
}
