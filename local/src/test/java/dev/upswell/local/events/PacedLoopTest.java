package dev.upswell.local.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PacedLoopTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @Test
  void stepsRunAtTheRate() {
    AtomicInteger steps = new AtomicInteger();
    long start = System.nanoTime();
    try (PacedLoop loop = new PacedLoop("test", () -> 1_000, steps::incrementAndGet)) {
      Awaitility.await().atMost(LIMIT).until(() -> steps.get() >= 1_000);
      assertThat(loop.isRunning()).isTrue();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    // Never faster; slower only by what the machine keeps the thread waiting.
    assertThat(steps.get() / seconds).isBetween(500.0, 1_010.0);
  }

  @Test
  void loopCatchesUpAfterASlowStep() {
    AtomicInteger steps = new AtomicInteger();
    long start = System.nanoTime();
    try (PacedLoop loop =
        new PacedLoop(
            "test",
            () -> 100,
            () -> {
              if (steps.incrementAndGet() == 1) {
                // The first step lasts as long as fifty should.
                long begun = System.nanoTime();
                while (System.nanoTime() - begun < Duration.ofMillis(500).toNanos()) {
                  Thread.onSpinWait();
                }
              }
            })) {
      Awaitility.await().atMost(LIMIT).until(() -> steps.get() >= 100);
      assertThat(loop.isRunning()).isTrue();
    }
    assertThat(System.nanoTime() - start).isLessThan(Duration.ofMillis(1_400).toNanos());
  }

  @Test
  void failedStepIsReported() {
    try (PacedLoop loop =
        new PacedLoop(
            "test",
            () -> 1_000,
            () -> {
              throw new IllegalArgumentException("no");
            })) {
      Awaitility.await()
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThatThrownBy(loop::isRunning)
                      .isInstanceOf(IllegalStateException.class)
                      .hasRootCauseMessage("no"));
    }
  }

  @Test
  void noStepIsDoneAfterItIsClosed() {
    AtomicInteger steps = new AtomicInteger();
    PacedLoop loop = new PacedLoop("test", () -> 100_000, steps::incrementAndGet);
    Awaitility.await().atMost(LIMIT).until(() -> steps.get() > 0);
    loop.close();
    int done = steps.get();
    assertThat(loop.isRunning()).isFalse();
    Awaitility.await()
        .during(Duration.ofMillis(100))
        .atMost(LIMIT)
        .until(() -> steps.get() == done);
  }
}
