package dev.upswell.redis.pipeline;

import io.netty.util.concurrent.EventExecutorGroup;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Timeouts of pending replies. Thread-safe.
 *
 * <p>A timer per pipeline would wake a thread to set and to cancel it, which costs more than the
 * pipeline. All timeouts are equal, so the pending ones are a queue, oldest first, and one timer is
 * sufficient.
 */
public final class ReplyTimeouts {
  private final EventExecutorGroup timers;
  private final Duration limit;
  private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean armed = new AtomicBoolean();

  /** A pending reply: the action at its deadline. */
  private record Waiting(Runnable timeOut, long deadline) {}

  public ReplyTimeouts(EventExecutorGroup timers, Duration limit) {
    this.timers = timers;
    this.limit = limit;
  }

  Duration limit() {
    return limit;
  }

  /** Returns the number of pending replies; iterates over all. */
  public int waiting() {
    return queue.size();
  }

  /**
   * Runs {@code timeOut} in a timer thread unless {@code done} completes in time.
   *
   * @return the result of {@code done}
   */
  <T> CompletableFuture<T> watch(CompletableFuture<T> done, Runnable timeOut) {
    if (done.isDone()) {
      return done;
    }
    Waiting waiting = new Waiting(timeOut, System.nanoTime() + limit.toNanos());
    queue.add(waiting);
    arm(limit.toNanos());
    return done.whenComplete((answer, failure) -> queue.remove(waiting));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // It is never cancelled, and cannot fail.
  private void arm(long nanos) {
    if (armed.compareAndSet(false, true)) {
      try {
        timers.schedule(this::endLate, nanos, TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException closed) {
        // Closing the connection fails all that waits.
        armed.set(false);
      }
    }
  }

  private void endLate() {
    try {
      endLateNow();
    } finally {
      armed.set(false);
      // Checked again, because an entry may have been added while the timer was still set.
      Waiting oldest = queue.peek();
      if (oldest != null) {
        arm(Math.max(0, oldest.deadline - System.nanoTime()));
      }
    }
  }

  private void endLateNow() {
    Waiting oldest;
    while ((oldest = queue.peek()) != null && oldest.deadline - System.nanoTime() <= 0) {
      queue.remove(oldest);
      oldest.timeOut.run();
    }
  }
}
