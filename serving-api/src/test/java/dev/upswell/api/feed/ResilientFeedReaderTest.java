package dev.upswell.api.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.api.protection.BreakerSettings;
import dev.upswell.api.protection.CircuitBreaker;
import dev.upswell.api.protection.ConcurrencyLimiter;
import dev.upswell.api.protection.ConcurrencySettings;
import dev.upswell.api.protection.Priority;
import dev.upswell.api.protection.Protection;
import dev.upswell.api.protection.RejectedException;
import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.feeds.FeedOptions;
import dev.upswell.feeds.FeedPage;
import dev.upswell.feeds.FeedReadOptions;
import dev.upswell.feeds.FeedReader;
import dev.upswell.feeds.FeedRequest;
import dev.upswell.feeds.page.FeedClock;
import dev.upswell.feeds.store.FeedStoreReader;
import dev.upswell.redis.RedisUnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResilientFeedReaderTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final FeedRequest FIRST = FeedRequest.first(1, 3);
  private static final FeedPage PAGE =
      new FeedPage(
          List.of(new FeedEntry(9, 7), new FeedEntry(8, 7)),
          OptionalLong.empty(),
          FeedPage.Source.WARM,
          OptionalLong.empty(),
          false);

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final CompletableFuture<Object> store = new CompletableFuture<>();
  private final StaleFeedCache stale = new StaleFeedCache(10_000, LONG, System::nanoTime);
  private final FeedReader reader =
      new FeedReader(
          port(),
          FeedOptions.DEFAULT,
          () -> 1,
          FeedClock.SYSTEM,
          new FeedReadOptions(LONG, Duration.ZERO, 0, Duration.ZERO));
  private final ResilientFeedReader feeds =
      new ResilientFeedReader(
          reader,
          new Protection(
              new CircuitBreaker(new BreakerSettings(2, LONG, LONG, 1), System::nanoTime),
              new ConcurrencyLimiter(new ConcurrencySettings(1, 1, LONG)),
              LONG,
              new SimpleMeterRegistry()),
          stale,
          new EndedRelationships(LONG, System::nanoTime));

  @AfterEach
  void stop() {
    thread.shutdownNow();
  }

  /** A store that answers nothing before the test does. */
  private FeedStoreReader port() {
    return (FeedStoreReader)
        Proxy.newProxyInstance(
            ResilientFeedReaderTest.class.getClassLoader(),
            new Class<?>[] {FeedStoreReader.class},
            (proxy, method, arguments) -> store);
  }

  private CompletableFuture<FeedReadResult> read(long userId) {
    return feeds.read(FeedRequest.first(userId, 3), Priority.FIRST_PAGE, thread);
  }

  @Test
  void lastPageIsServedWhileTheStoreIsUnavailable() {
    stale.keep(FIRST, PAGE, stale.changes(1));
    store.completeExceptionally(new RedisUnavailableException("away"));

    assertThat(read(1).join().page()).isEqualTo(PAGE);
    assertThat(read(2)).isCompletedExceptionally();
  }

  @Test
  void knownHiddenVideosAreOnNoStalePage() {
    stale.keep(FIRST, PAGE, stale.changes(1));
    reader.videos().changed(9);
    store.completeExceptionally(new RedisUnavailableException("away"));

    assertThat(read(1).join().page().entries()).containsExactly(new FeedEntry(8, 7));
  }

  @Test
  void overloadServesNoStalePage() {
    stale.keep(FIRST, PAGE, stale.changes(1));
    assertThat(List.of(read(2), read(3))).as("one slot, one place in the queue").hasSize(2);

    assertThat(read(1))
        .failsWithin(LONG)
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(RejectedException.class);
  }
}
