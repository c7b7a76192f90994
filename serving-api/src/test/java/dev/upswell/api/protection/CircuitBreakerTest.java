package dev.upswell.api.protection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.api.protection.CircuitBreaker.State;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private static final BreakerSettings SETTINGS =
      new BreakerSettings(10, Duration.ofMinutes(1), Duration.ofSeconds(30), 3);

  // Not 0, because a monotonic clock starts anywhere.
  private final AtomicLong now = new AtomicLong(-5);
  private final CircuitBreaker breaker = new CircuitBreaker(SETTINGS, now::get);

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed(breaker.enter());
    }
  }

  private void succeed(int times) {
    for (int i = 0; i < times; i++) {
      breaker.succeeded(breaker.enter());
    }
  }

  @Test
  void tenFailuresWithinAMinuteOpenItDespiteSuccesses() {
    for (int i = 0; i < 9; i++) {
      fail(1);
      succeed(10_000);
      pass(Duration.ofSeconds(6));
      assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }
    fail(1);
    assertThat(breaker.state()).isEqualTo(State.OPEN);
    assertThat(breaker.opened()).isEqualTo(1);
    assertThat(breaker.enter()).isEqualTo(CircuitBreaker.REJECTED);
  }

  @Test
  void tenFailuresInMoreThanAMinuteDoNotOpenIt() {
    for (int i = 0; i < 100; i++) {
      fail(1);
      pass(Duration.ofSeconds(7));
    }
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void openBreakerRejectsForThirtySecondsThenAdmitsProbes() {
    fail(10);
    pass(Duration.ofSeconds(30).minusNanos(1));
    assertThat(breaker.rejects()).isTrue();
    assertThat(breaker.enter()).isEqualTo(CircuitBreaker.REJECTED);

    pass(Duration.ofNanos(1));
    assertThat(breaker.rejects()).isFalse();
    for (int i = 0; i < 3; i++) {
      assertThat(breaker.enter()).isNotEqualTo(CircuitBreaker.REJECTED);
    }
    assertThat(breaker.enter()).isEqualTo(CircuitBreaker.REJECTED);
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
  }

  @Test
  void breakerClosesWhenAllProbesSucceed() {
    fail(10);
    pass(Duration.ofSeconds(30));
    succeed(2);
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    succeed(1);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);

    fail(9);
    assertThat(breaker.state()).as("earlier failures are forgotten").isEqualTo(State.CLOSED);
  }

  @Test
  void firstFailedProbeOpensItAgain() {
    fail(10);
    pass(Duration.ofSeconds(30));
    succeed(2);
    fail(1);
    assertThat(breaker.state()).isEqualTo(State.OPEN);
    assertThat(breaker.remaining()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void resultsOfEarlierPhasesAreIgnored() {
    long early = breaker.enter();
    fail(10);
    pass(Duration.ofSeconds(30));
    long probe = breaker.enter();
    breaker.failed(early);
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    breaker.succeeded(early);
    breaker.succeeded(probe);
    breaker.succeeded(early);
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
  }

  @Test
  void unreportedProbesDoNotBlockNewOnes() {
    fail(10);
    pass(Duration.ofSeconds(30));
    breaker.enter();
    breaker.enter();
    breaker.enter();
    pass(Duration.ofSeconds(30));
    succeed(3);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void ignoredProbesReleaseTheirSlot() {
    fail(10);
    pass(Duration.ofSeconds(30));
    for (int i = 0; i < 10; i++) {
      breaker.ignored(breaker.enter());
    }
    assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
    succeed(3);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }
}
