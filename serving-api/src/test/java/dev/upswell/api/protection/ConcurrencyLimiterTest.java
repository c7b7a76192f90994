package dev.upswell.api.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.upswell.api.protection.RejectedException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcurrencyLimiterTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final Queue<CompletableFuture<String>> begun = new ConcurrentLinkedQueue<>();
  private final Queue<String> order = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() {
    thread.shutdownNow();
  }

  private CompletableFuture<String> run(
      ConcurrencyLimiter admission, Priority priority, String name) {
    return admission.run(
        priority,
        thread,
        () -> {
          CompletableFuture<String> work = new CompletableFuture<>();
          order.add(name);
          begun.add(work);
          return work;
        });
  }

  private void begin(ConcurrencyLimiter admission, Priority priority, String name) {
    assertThat(run(admission, priority, name)).isNotDone();
  }

  private void endAllOf(int expected) {
    for (int i = 0; i < expected; i++) {
      await().until(() -> !begun.isEmpty());
      begun.remove().complete("done");
    }
  }

  private static Reason reasonOf(CompletableFuture<?> rejected) {
    return rejected
        .handle((answer, failure) -> ((RejectedException) failure).reason())
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
  }

  @Test
  void queuedTasksRunInOrderOfPriority() {
    ConcurrencyLimiter admission = new ConcurrencyLimiter(new ConcurrencySettings(2, 10, LONG));
    begin(admission, Priority.STATISTICS, "a");
    begin(admission, Priority.STATISTICS, "b");
    List<CompletableFuture<String>> waiting =
        List.of(
            run(admission, Priority.STATISTICS, "statistics 1"),
            run(admission, Priority.LATER_PAGE, "later"),
            run(admission, Priority.STATISTICS, "statistics 2"),
            run(admission, Priority.FIRST_PAGE, "first"));
    assertThat(admission.running()).isEqualTo(2);
    assertThat(admission.waiting()).isEqualTo(4);

    endAllOf(6);

    assertThat(waiting).allSatisfy(answer -> assertThat(answer).succeedsWithin(LONG));
    assertThat(order).containsExactly("a", "b", "first", "later", "statistics 1", "statistics 2");
    assertThat(admission.running()).isZero();
    assertThat(admission.waiting()).isZero();
  }

  @Test
  void fullQueueDisplacesNewestOfLowestPriority() {
    ConcurrencyLimiter admission = new ConcurrencyLimiter(new ConcurrencySettings(1, 2, LONG));
    begin(admission, Priority.STATISTICS, "a");
    CompletableFuture<String> later = run(admission, Priority.LATER_PAGE, "later");
    CompletableFuture<String> statistics = run(admission, Priority.STATISTICS, "statistics");

    CompletableFuture<String> first = run(admission, Priority.FIRST_PAGE, "first");
    assertThat(reasonOf(statistics)).isEqualTo(Reason.QUEUE_FULL);
    assertThat(reasonOf(run(admission, Priority.LATER_PAGE, "too late")))
        .isEqualTo(Reason.QUEUE_FULL);

    endAllOf(3);
    assertThat(first).succeedsWithin(LONG);
    assertThat(later).succeedsWithin(LONG);
  }

  @Test
  void tasksAreRejectedAfterMaxWait() {
    ConcurrencyLimiter admission =
        new ConcurrencyLimiter(new ConcurrencySettings(1, 2, Duration.ofMillis(20)));
    begin(admission, Priority.FIRST_PAGE, "a");
    assertThat(reasonOf(run(admission, Priority.FIRST_PAGE, "b"))).isEqualTo(Reason.WAIT_TIMEOUT);
    assertThat(admission.waiting()).isZero();

    endAllOf(1);
    await().until(() -> admission.running() == 0);
    assertThat(order).containsExactly("a");
  }

  @Test
  void failedTasksReleaseTheirSlot() {
    ConcurrencyLimiter admission = new ConcurrencyLimiter(new ConcurrencySettings(1, 2, LONG));
    for (int i = 0; i < 10; i++) {
      assertThat(
              admission.run(
                  Priority.FIRST_PAGE,
                  thread,
                  () -> {
                    throw new IllegalStateException("as if");
                  }))
          .isCompletedExceptionally();
      assertThat(
              admission.run(
                  Priority.FIRST_PAGE,
                  thread,
                  () -> CompletableFuture.failedFuture(new IllegalStateException("as if"))))
          .isCompletedExceptionally();
    }
    assertThat(admission.running()).isZero();
  }

  @Test
  void limitHoldsWithManyThreads() {
    ConcurrencyLimiter admission =
        new ConcurrencyLimiter(new ConcurrencySettings(3, 50, Duration.ofMillis(1)));
    ScheduledExecutorService workers = Executors.newScheduledThreadPool(4);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<CompletableFuture<String>> answers = new ArrayList<>();
    Random random = new Random(1);
    List<Priority> priorities = List.of(Priority.values());
    for (int i = 0; i < 20_000; i++) {
      Priority priority = priorities.get(random.nextInt(priorities.size()));
      answers.add(
          admission.run(
              priority,
              workers,
              () -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                return CompletableFuture.supplyAsync(
                    () -> {
                      running.decrementAndGet();
                      return "done";
                    },
                    workers);
              }));
    }
    await().until(() -> answers.stream().allMatch(CompletableFuture::isDone));
    assertThat(most.get()).isBetween(1, 3);
    await().until(() -> admission.running() == 0 && admission.waiting() == 0);
    workers.shutdownNow();
  }
}
