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

  /** Starts work; what keeps it from starting fails it. */
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

  /** Ends who waits as the work does, once something else was done. */
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
   * Ends as the work does, or fails when its time is over.
   *
   * @param timers tells the time; once it has stopped there is no limit
   * @param late what it fails with then
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
