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
 * What every read of the store goes through, in this order: one that is already under way is shared
 * ({@link SingleFlight}); while the store is left alone it is refused at once ({@link
 * CircuitBreaker}); it waits for its turn ({@link ConcurrencyLimiter}), and from then on it has a
 * deadline. Thread-safe.
 *
 * <p>After the deadline the caller is told and the place is given to the next, even if the store
 * never answers.
 */
public final class Protection {
  private static final int RETRY_SECONDS = 1;

  private final SingleFlight flights = new SingleFlight();
  private final CircuitBreaker breaker;
  private final ConcurrencyLimiter admission;
  private final Duration deadline;
  private final Map<Reason, Counter> refused = new EnumMap<>(Reason.class);

  /**
   * Protection by these, whose figures are given to the registry.
   *
   * @param deadline how long a read may take once its turn has come
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
      refused.put(reason, metrics.counter("upswell.rejected", "reason", name));
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

  /** What lets reads have their turns. */
  public ConcurrencyLimiter admission() {
    return admission;
  }

  /** How many reads were refused for a reason. */
  public long refused(Reason reason) {
    Counter counter = refused.get(reason);
    return counter == null ? 0 : (long) counter.count();
  }

  /**
   * Reads.
   *
   * @param key tells what is read: requests of one priority with equal keys share an answer
   * @param thread of the request
   * @param work begins to read; must not block
   * @return ends as the work does, or with {@link RejectedException}
   */
  public <T> CompletableFuture<T> read(
      Priority priority,
      Object key,
      ScheduledExecutorService thread,
      Supplier<CompletableFuture<T>> work) {
    return flights.run(new Flight(priority, key), thread, () -> readOnce(priority, thread, work));
  }

  /** One of a higher priority must not wait as long as one of a lower. */
  private record Flight(Priority priority, Object key) {}

  private <T> CompletableFuture<T> readOnce(
      Priority priority, ScheduledExecutorService thread, Supplier<CompletableFuture<T>> work) {
    CompletableFuture<T> answer =
        breaker.refuses() ? leftAlone() : admission.run(priority, thread, () -> ask(thread, work));
    return answer.whenComplete(
        (unused, failure) -> {
          if (failure != null && Exceptions.peel(failure) instanceof RejectedException e) {
            count(e.reason());
          }
        });
  }

  private void count(Reason reason) {
    Counter counter = refused.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  private <T> CompletableFuture<T> leftAlone() {
    long seconds = Math.max(RETRY_SECONDS, breaker.remaining().plusMillis(999).toSeconds());
    return CompletableFuture.failedFuture(
        new RejectedException(Reason.STORE_LEFT_ALONE, (int) seconds));
  }

  /** Once it has its turn: who only waits must not use up the few that may try the store. */
  private <T> CompletableFuture<T> ask(
      ScheduledExecutorService thread, Supplier<CompletableFuture<T>> work) {
    long pass = breaker.enter();
    if (pass == CircuitBreaker.REFUSED) {
      return leftAlone();
    }
    return Futures.inTime(Futures.by(work), deadline, thread, Protection::late)
        .whenComplete((answer, failure) -> tell(pass, failure));
  }

  private static RejectedException late() {
    return new RejectedException(Reason.NOT_IN_TIME, RETRY_SECONDS);
  }

  private void tell(long pass, @Nullable Throwable failure) {
    if (failure == null) {
      breaker.succeeded(pass);
    } else if (isOfTheStore(Exceptions.peel(failure))) {
      breaker.failed(pass);
    } else {
      breaker.ignored(pass);
    }
  }

  private static boolean isOfTheStore(Throwable failure) {
    return failure instanceof RedisUnavailableException
        || (failure instanceof RejectedException e && e.reason() == Reason.NOT_IN_TIME);
  }
}
