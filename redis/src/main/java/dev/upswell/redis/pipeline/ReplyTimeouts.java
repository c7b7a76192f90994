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
 * Ends waiting for replies when its time is over. Thread-safe.
 *
 * <p>A timer for each batch would wake a thread to be set and again to be cancelled, which costs
 * more than the batch. Since all wait equally long, they stand in a queue, the oldest first, and
 * one timer at a time is enough.
 */
public final class ReplyTimeouts {
  private final EventExecutorGroup timers;
  private final Duration limit;
  private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean armed = new AtomicBoolean();

  /** Somebody who waits, and what to do when the time is over. */
  private record Waiting(Runnable timeOut, long deadline) {}

  public ReplyTimeouts(EventExecutorGroup timers, Duration limit) {
    this.timers = timers;
    this.limit = limit;
  }

  Duration limit() {
    return limit;
  }

  /** How many wait; goes through all of them. */
  public int waiting() {
    return queue.size();
  }

  /**
   * Runs {@code timeOut} in a thread of the timers unless it is done before the time is over.
   *
   * @return what {@code done} returns
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
      // Looked at again, as somebody may have come who found the timer still set.
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
