package dev.upswell.api.protection;

import dev.upswell.api.protection.RejectedException.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Limits concurrent computations. Others wait in a priority queue for at most a maximum time.
 * Thread-safe.
 *
 * <p>When the queue is full, the newest entry of the lowest priority is displaced by one of a
 * higher priority; otherwise the new one is rejected.
 */
public final class ConcurrencyLimiter {
  private static final int RETRY_SECONDS = 1;

  private final ConcurrencySettings settings;
  private final WaitQueue<Entry<?>> line;
  private final Object lock = new Object();
  private int running;

  /** A queued computation. Compared by identity. */
  private static final class Entry<T> {
    private final Priority priority;
    private final ScheduledExecutorService thread;
    private final Supplier<CompletableFuture<T>> work;
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    Entry(Priority priority, ScheduledExecutorService thread, Supplier<CompletableFuture<T>> work) {
      this.priority = priority;
      this.thread = thread;
      this.work = work;
    }

    void reject(Reason reason) {
      answer.completeExceptionally(new RejectedException(reason, RETRY_SECONDS));
    }
  }

  /** Creates an idle limiter. */
  public ConcurrencyLimiter(ConcurrencySettings settings) {
    this.settings = settings;
    this.line = new WaitQueue<>(settings.queue());
  }

  /** Returns the maximum time in the queue. */
  Duration maxWait() {
    return settings.maxWait();
  }

  /**
   * Runs work when a slot is free.
   *
   * @param thread runs the work after a wait, and its timers
   * @param work starts the work; must not block, and must complete, because it occupies its slot
   *     until then
   * @return completes with the work, or fails with {@link RejectedException}
   */
  public <T> CompletableFuture<T> run(
      Priority priority, ScheduledExecutorService thread, Supplier<CompletableFuture<T>> work) {
    Entry<T> turn = new Entry<>(priority, thread, work);
    boolean isItsTurn;
    Optional<Entry<?>> givesWay = Optional.empty();
    synchronized (lock) {
      isItsTurn = running < settings.maxConcurrent();
      if (isItsTurn) {
        running++;
      } else {
        givesWay = line.add(priority, turn);
      }
    }
    if (isItsTurn) {
      start(turn);
    } else {
      givesWay.ifPresent(other -> reject(other, turn));
      setTimer(turn);
    }
    return turn.answer;
  }

  /**
   * The displaced entry completes in its own thread, because this thread serves the new request.
   */
  private static void reject(Entry<?> loser, Entry<?> newcomer) {
    if (loser == newcomer) {
      loser.reject(Reason.QUEUE_FULL);
    } else {
      Futures.in(loser.thread, () -> loser.reject(Reason.QUEUE_FULL));
    }
  }

  private void setTimer(Entry<?> turn) {
    if (turn.answer.isDone()) {
      return;
    }
    try {
      ScheduledFuture<?> timer =
          turn.thread.schedule(
              () -> giveUp(turn), settings.maxWait().toNanos(), TimeUnit.NANOSECONDS);
      var unused = turn.answer.whenComplete((answer, failure) -> timer.cancel(false));
    } catch (RejectedExecutionException stopping) {
      giveUp(turn);
    }
  }

  private void giveUp(Entry<?> turn) {
    boolean waited;
    synchronized (lock) {
      waited = line.remove(turn.priority, turn);
    }
    if (waited) {
      turn.reject(Reason.WAIT_TIMEOUT);
    }
  }

  private <T> void start(Entry<T> turn) {
    // The next entry starts first, because the completion of this one may take time.
    Futures.passOn(Futures.by(turn.work), this::startNext, turn.answer);
  }

  private void startNext() {
    Optional<Entry<?>> next;
    synchronized (lock) {
      next = line.next();
      if (next.isEmpty()) {
        running--;
      }
    }
    next.ifPresent(this::startInItsThread);
  }

  private void startInItsThread(Entry<?> next) {
    try {
      next.thread.execute(() -> start(next));
    } catch (RejectedExecutionException stopping) {
      next.reject(Reason.WAIT_TIMEOUT);
      startNext();
    }
  }

  /** Returns the number of running computations. */
  public int running() {
    synchronized (lock) {
      return running;
    }
  }

  /** Returns the number of queued computations. */
  public int waiting() {
    synchronized (lock) {
      return line.size();
    }
  }
}
