package dev.upswell.api.protection;

import dev.upswell.api.protection.RejectedException.Reason;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Carries out so many computations at a time; the others wait, those of higher priority first, each
 * at most as long as its patience. Thread-safe.
 *
 * <p>When the queue is full, whoever came last of the lowest priority gives way to somebody of a
 * higher one; else the one who comes is refused.
 */
public final class ConcurrencyLimiter {
  private static final int RETRY_SECONDS = 1;

  private final ConcurrencySettings settings;
  private final WaitQueue<Turn<?>> line;
  private final Object lock = new Object();
  private int running;

  /** Somebody who wants something carried out. Compared by identity. */
  private static final class Turn<T> {
    private final Priority priority;
    private final ScheduledExecutorService thread;
    private final Supplier<CompletableFuture<T>> work;
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    Turn(Priority priority, ScheduledExecutorService thread, Supplier<CompletableFuture<T>> work) {
      this.priority = priority;
      this.thread = thread;
      this.work = work;
    }

    void refuse(Reason reason) {
      answer.completeExceptionally(new RejectedException(reason, RETRY_SECONDS));
    }
  }

  /** Admits nobody yet. */
  public ConcurrencyLimiter(ConcurrencySettings settings) {
    this.settings = settings;
    this.line = new WaitQueue<>(settings.queue());
  }

  /**
   * Carries something out when its turn has come.
   *
   * @param thread where it is begun if it has to wait, and which tells the time
   * @param work begins it; must not block, and has to end: its place is taken until then
   * @return ends as the work does, or with {@link RejectedException}
   */
  public <T> CompletableFuture<T> run(
      Priority priority, ScheduledExecutorService thread, Supplier<CompletableFuture<T>> work) {
    Turn<T> turn = new Turn<>(priority, thread, work);
    boolean isItsTurn;
    Optional<Turn<?>> givesWay = Optional.empty();
    synchronized (lock) {
      isItsTurn = running < settings.atOnce();
      if (isItsTurn) {
        running++;
      } else {
        givesWay = line.add(priority, turn);
      }
    }
    if (isItsTurn) {
      start(turn);
    } else {
      givesWay.ifPresent(other -> refuse(other, turn));
      setTimer(turn);
    }
    return turn.answer;
  }

  /** Somebody else in a thread of theirs: in this one the newcomer's request is being served. */
  private static void refuse(Turn<?> loser, Turn<?> newcomer) {
    if (loser == newcomer) {
      loser.refuse(Reason.QUEUE_FULL);
    } else {
      Futures.in(loser.thread, () -> loser.refuse(Reason.QUEUE_FULL));
    }
  }

  private void setTimer(Turn<?> turn) {
    if (turn.answer.isDone()) {
      return;
    }
    try {
      ScheduledFuture<?> timer =
          turn.thread.schedule(
              () -> giveUp(turn), settings.patience().toNanos(), TimeUnit.NANOSECONDS);
      var unused = turn.answer.whenComplete((answer, failure) -> timer.cancel(false));
    } catch (RejectedExecutionException stopping) {
      giveUp(turn);
    }
  }

  private void giveUp(Turn<?> turn) {
    boolean waited;
    synchronized (lock) {
      waited = line.remove(turn.priority, turn);
    }
    if (waited) {
      turn.refuse(Reason.WAITED_TOO_LONG);
    }
  }

  private <T> void start(Turn<T> turn) {
    // The next goes first: whoever is told may take a while over the answer.
    Futures.passOn(Futures.by(turn.work), this::giveTurn, turn.answer);
  }

  private void giveTurn() {
    Optional<Turn<?>> next;
    synchronized (lock) {
      next = line.next();
      if (next.isEmpty()) {
        running--;
      }
    }
    next.ifPresent(this::startInItsThread);
  }

  private void startInItsThread(Turn<?> next) {
    try {
      next.thread.execute(() -> start(next));
    } catch (RejectedExecutionException stopping) {
      next.refuse(Reason.WAITED_TOO_LONG);
      giveTurn();
    }
  }

  /** How many are being carried out. */
  public int running() {
    synchronized (lock) {
      return running;
    }
  }

  /** How many wait for their turn. */
  public int waiting() {
    synchronized (lock) {
      return line.size();
    }
  }
}
