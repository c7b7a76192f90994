package dev.upswell.redis.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplyTimeoutsTest {
  private static final Duration LIMIT = Duration.ofMillis(100);

  private final EventExecutorGroup timers = new DefaultEventExecutorGroup(2);
  private final ReplyTimeouts deadlines = new ReplyTimeouts(timers, LIMIT);

  @AfterEach
  void stop() {
    timers.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
  }

  /** Completes with the time that passed from now until the time was over. */
  private CompletableFuture<Duration> watched() {
    long begun = System.nanoTime();
    CompletableFuture<Duration> waiting = new CompletableFuture<>();
    return deadlines.watch(
        waiting, () -> waiting.complete(Duration.ofNanos(System.nanoTime() - begun)));
  }

  @Test
  void eachPipelineTimesOutAtItsOwnDeadline() {
    List<CompletableFuture<Duration>> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(watched());
      CompletableFuture<?> pause = new CompletableFuture<>();
      pause.completeOnTimeout(null, 30, TimeUnit.MILLISECONDS).join();
    }
    for (CompletableFuture<Duration> each : all) {
      assertThat(each)
          .succeedsWithin(LIMIT.multipliedBy(50))
          .satisfies(passed -> assertThat(passed).isGreaterThanOrEqualTo(LIMIT));
    }
  }

  @Test
  void timerIsRestartedWhenTheQueueWasEmpty() {
    for (int i = 0; i < 3; i++) {
      assertThat(watched()).succeedsWithin(Duration.ofSeconds(5));
    }
  }

  @Test
  void noTimeoutIsLostWithManyThreads() {
    List<CompletableFuture<Duration>> all =
        IntStream.range(0, 20_000).parallel().mapToObj(i -> watched()).toList();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> all.stream().allMatch(CompletableFuture::isDone));
  }

  @Test
  void completedPipelinesDoNotTimeOut() {
    CompletableFuture<String> done = new CompletableFuture<>();
    CompletableFuture<String> ended = new CompletableFuture<>();
    assertThat(deadlines.watch(done, () -> ended.complete("though it was done"))).isNotDone();
    done.complete("in time");
    assertThat(watched()).succeedsWithin(Duration.ofSeconds(5));
    assertThat(ended).isNotDone();
  }

  @Test
  void failingTimeoutTaskDoesNotBlockOthers() {
    CompletableFuture<String> never = new CompletableFuture<>();
    assertThat(deadlines.watch(never, ReplyTimeoutsTest::fail)).isNotDone();
    assertThat(watched()).succeedsWithin(Duration.ofSeconds(5));
    assertThat(watched()).succeedsWithin(Duration.ofSeconds(5));
  }

  private static void fail() {
    throw new IllegalStateException("as if");
  }
}
