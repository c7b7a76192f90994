package dev.upswell.api.protection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Work that was started and ends later. */
public final class Futures {
  private Futures() {}

  /** Starts work; an exception at the start fails the future. */
  static <T> CompletableFuture<T> by(Supplier<CompletableFuture<T>> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Runs something in a thread; in this one once that has stopped. */
  static void in(Executor thread, Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException stopping) {
      task.run();
    }
  }

  /** Completes a waiting future with the work, after a further action. */
  static <T> void passOn(CompletableFuture<T> work, Runnable first, CompletableFuture<T> waiting) {
    var unused =
        work.whenComplete(
            (answer, failure) -> {
              first.run();
              if (failure == null) {
                waiting.complete(answer);
              } else {
                waiting.completeExceptionally(failure);
              }
            });
  }

  /**
   * Adds a timeout to work.
   *
   * @param timers timers of the timeout; without limit after they have stopped
   * @param late creates the exception of the timeout
   */
  public static <T> CompletableFuture<T> inTime(
      CompletableFuture<T> work,
      Duration limit,
      ScheduledExecutorService timers,
      Supplier<? extends Exception> late) {
    if (work.isDone()) {
      return work;
    }
    CompletableFuture<T> inTime = new CompletableFuture<>();
    ScheduledFuture<?> timer;
    try {
      timer =
          timers.schedule(
              () -> inTime.completeExceptionally(late.get()),
              limit.toNanos(),
              TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException stopping) {
      return work;
    }
    passOn(work, () -> timer.cancel(false), inTime);
    return inTime;
  }
}
