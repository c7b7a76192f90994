package dev.upswell.api.protection;

import com.linecorp.armeria.common.util.Exceptions;
import dev.upswell.api.protection.RejectedException.Reason;
import dev.upswell.redis.RedisUnavailableException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Overload protection of every read of the store, in this order: identical concurrent reads share a
 * result ({@link SingleFlight}), an open breaker rejects the read ({@link CircuitBreaker}), the
 * read waits for a slot ({@link ConcurrencyLimiter}), and its timeout starts. Thread-safe.
 *
 * <p>After the timeout the caller gets an error and the slot is free, even if the store never
 * answers.
 */
public final class Protection {
  private static final int RETRY_SECONDS = 1;

  private final SingleFlight flights = new SingleFlight();
  private final CircuitBreaker breaker;
  private final ConcurrencyLimiter admission;
  private final Duration deadline;

  /** Time of the last successful read, nanoseconds. */
  private volatile long answeredAt = System.nanoTime();

  private final Map<Reason, Counter> rejected = new EnumMap<>(Reason.class);

  /**
   * Creates the protection and registers its metrics.
   *
   * @param deadline timeout of a read from its slot on
   */
  public Protection(
      CircuitBreaker breaker,
      ConcurrencyLimiter admission,
      Duration deadline,
      MeterRegistry metrics) {
    this.breaker = breaker;
    this.admission = admission;
    this.deadline = deadline;
    for (Reason reason : Reason.values()) {
      String name = reason.name().toLowerCase(Locale.ROOT);
      rejected.put(reason, metrics.counter("upswell.rejected", "reason", name));
    }
    metrics.gauge("upswell.admission.running", admission, ConcurrencyLimiter::running);
    metrics.gauge("upswell.admission.waiting", admission, ConcurrencyLimiter::waiting);
    metrics.gauge("upswell.breaker.state", breaker, known -> known.state().level());
    FunctionCounter.builder("upswell.breaker.opened", breaker, CircuitBreaker::opened)
        .register(metrics);
    FunctionCounter.builder("upswell.flights.shared", flights, SingleFlight::shared)
        .register(metrics);
  }

  /** The breaker that leaves the store alone. */
  public CircuitBreaker breaker() {
    return breaker;
  }

  /** Returns the concurrency limiter. */
  public ConcurrencyLimiter admission() {
    return admission;
  }

  /** Returns the number of rejected reads for a reason. */
  public long rejected(Reason reason) {
    Counter counter = rejected.get(reason);
    return counter == null ? 0 : (long) counter.count();
  }

  /**
   * Runs a read.
   *
   * @param key identifies the read: equal keys of one priority share a result
   * @param thread thread of the request
   * @param work starts the read; must not block
   * @return completes with the work, or fails with {@link RejectedException}
   */
  public <T> CompletableFuture<T> read(
      Priority priority,
      Object key,
      ScheduledExecutorService thread,
      Supplier<CompletableFuture<T>> work) {
    return flights.run(new Flight(priority, key), thread, () -> readOnce(priority, thread, work));
  }

  /** Includes the priority, so that a read never waits as long as one of a lower priority. */
  private record Flight(Priority priority, Object key) {}

  private <T> CompletableFuture<T> readOnce(
      Priority priority, ScheduledExecutorService thread, Supplier<CompletableFuture<T>> work) {
    CompletableFuture<T> answer =
        breaker.rejects() ? leftAlone() : admission.run(priority, thread, () -> ask(thread, work));
    return answer.whenComplete(
        (unused, failure) -> {
          if (failure != null && Exceptions.peel(failure) instanceof RejectedException e) {
            count(e.reason());
          }
        });
  }

  private void count(Reason reason) {
    Counter counter = rejected.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  private <T> CompletableFuture<T> leftAlone() {
    long seconds = Math.max(RETRY_SECONDS, breaker.remaining().plusMillis(999).toSeconds());
    return CompletableFuture.failedFuture(
        new RejectedException(Reason.BREAKER_OPEN, (int) seconds));
  }

  /** The breaker is entered with the slot, so that queued reads do not use up the few probes. */
  private <T> CompletableFuture<T> ask(
      ScheduledExecutorService thread, Supplier<CompletableFuture<T>> work) {
    long pass = breaker.enter();
    if (pass == CircuitBreaker.REJECTED) {
      return leftAlone();
    }
    return Futures.inTime(Futures.by(work), deadline, thread, Protection::late)
        .whenComplete((answer, failure) -> addHeaders(pass, failure));
  }

  private static RejectedException late() {
    return new RejectedException(Reason.STORE_TIMEOUT, RETRY_SECONDS);
  }

  private void addHeaders(long pass, @Nullable Throwable failure) {
    if (failure == null) {
      answeredAt = System.nanoTime();
      breaker.succeeded(pass);
    } else if (isOfTheStore(Exceptions.peel(failure))) {
      breaker.failed(pass);
    } else {
      breaker.ignored(pass);
    }
  }

  /**
   * Returns whether a failed read means that the store does not answer. A read that was rejected by
   * the queue means that only if no read has succeeded for as long as reads wait; otherwise this
   * instance is overloaded.
   */
  public boolean isStoreSilent(Throwable failure) {
    if (!(failure instanceof RejectedException rejected)) {
      return failure instanceof RedisUnavailableException;
    }
    return switch (rejected.reason()) {
      case BREAKER_OPEN, STORE_TIMEOUT -> true;
      case QUEUE_FULL, WAIT_TIMEOUT ->
          System.nanoTime() - answeredAt >= admission.maxWait().toNanos();
    };
  }

  private static boolean isOfTheStore(Throwable failure) {
    return failure instanceof RedisUnavailableException
        || (failure instanceof RejectedException e && e.reason() == Reason.STORE_TIMEOUT);
  }
}
