package dev.upswell.api.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upswell.api.protection.RejectedException.Reason;
import dev.upswell.redis.RedisUnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProtectionTest {
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger queries = new AtomicInteger();

  @AfterEach
  void stop() {
    thread.shutdownNow();
  }

  private Protection protection(Duration deadline) {
    return new Protection(
        new CircuitBreaker(
            new BreakerSettings(2, Duration.ofMinutes(1), Duration.ofSeconds(30), 1), now::get),
        new ConcurrencyLimiter(new ConcurrencySettings(10, 10, Duration.ofMinutes(1))),
        deadline,
        new SimpleMeterRegistry());
  }

  private CompletableFuture<String> read(
      Protection protection, Object key, CompletableFuture<String> store) {
    return protection.read(
        Priority.FIRST_PAGE,
        key,
        thread,
        () -> {
          queries.incrementAndGet();
          return store;
        });
  }

  private static CompletableFuture<String> failed(RuntimeException why) {
    return CompletableFuture.failedFuture(why);
  }

  @Test
  void identicalConcurrentReadsShareOneResult() {
    Protection protection = protection(Duration.ofMinutes(1));
    CompletableFuture<String> store = new CompletableFuture<>();
    CompletableFuture<String> one = read(protection, "a", store);
    CompletableFuture<String> two = read(protection, "a", store);
    CompletableFuture<String> other = read(protection, "b", store);
    store.complete("answer");

    assertThat(one).isCompletedWithValue("answer");
    // In its own thread.
    assertThat(two.join()).isEqualTo("answer");
    assertThat(other).isCompletedWithValue("answer");
    assertThat(queries).hasValue(2);
    assertThat(read(protection, "a", store)).isCompletedWithValue("answer");
    assertThat(queries).as("nothing is cached").hasValue(3);
  }

  @Test
  void timeoutsOpenBreakerAndReleaseSlots() {
    Protection protection = protection(Duration.ofMillis(5));
    for (int i = 0; i < 2; i++) {
      CompletableFuture<String> late = read(protection, i, new CompletableFuture<>());
      await().until(late::isCompletedExceptionally);
    }
    assertThat(protection.admission().running()).isZero();
    assertThat(protection.rejected(Reason.STORE_TIMEOUT)).isEqualTo(2);
    assertThat(protection.breaker().state()).isEqualTo(CircuitBreaker.State.OPEN);

    CompletableFuture<String> rejected = read(protection, "x", new CompletableFuture<>());
    assertThat(rejected)
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(RejectedException.class)
        .satisfies(
            e -> assertThat(((RejectedException) e.getCause()).retryAfterSeconds()).isEqualTo(30));
    assertThat(queries).hasValue(2);

    now.addAndGet(Duration.ofSeconds(30).toNanos());
    assertThat(read(protection, "y", CompletableFuture.completedFuture("back")))
        .isCompletedWithValue("back");
    assertThat(protection.breaker().state()).isEqualTo(CircuitBreaker.State.CLOSED);
  }

  @Test
  void onlyStoreFailuresOpenTheBreaker() {
    Protection protection = protection(Duration.ofMinutes(1));
    for (int i = 0; i < 20; i++) {
      assertThat(read(protection, i, failed(new IllegalStateException("a mistake"))))
          .isCompletedExceptionally();
    }
    assertThat(protection.breaker().state()).isEqualTo(CircuitBreaker.State.CLOSED);
    for (int i = 0; i < 2; i++) {
      assertThat(read(protection, i, failed(new RedisUnavailableException("as if"))))
          .isCompletedExceptionally();
    }
    assertThat(protection.breaker().state()).isEqualTo(CircuitBreaker.State.OPEN);
  }

  private Protection waiting(Duration maxWait) {
    return new Protection(
        new CircuitBreaker(
            new BreakerSettings(2, Duration.ofMinutes(1), Duration.ofSeconds(30), 1), now::get),
        new ConcurrencyLimiter(new ConcurrencySettings(1, 1, maxWait)),
        Duration.ofMinutes(1),
        new SimpleMeterRegistry());
  }

  @Test
  void fullQueueIsOverloadWhileTheStoreAnswers() {
    for (Reason reason : new Reason[] {Reason.QUEUE_FULL, Reason.WAIT_TIMEOUT}) {
      RejectedException rejected = new RejectedException(reason, 1);
      assertThat(waiting(Duration.ofMinutes(1)).isStoreSilent(rejected)).isFalse();
      assertThat(waiting(Duration.ofNanos(1)).isStoreSilent(rejected)).isTrue();
    }
    for (Reason reason : new Reason[] {Reason.BREAKER_OPEN, Reason.STORE_TIMEOUT}) {
      RejectedException rejected = new RejectedException(reason, 1);
      assertThat(waiting(Duration.ofMinutes(1)).isStoreSilent(rejected)).isTrue();
    }
    assertThat(waiting(Duration.ofMinutes(1)).isStoreSilent(new RedisUnavailableException("away")))
        .isTrue();
    assertThat(waiting(Duration.ofNanos(1)).isStoreSilent(new IllegalStateException("bug")))
        .isFalse();
  }
}
