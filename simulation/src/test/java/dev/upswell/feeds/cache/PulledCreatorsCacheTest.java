package dev.upswell.feeds.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.feeds.SmallApp;
import dev.upswell.feeds.SteppingClock;
import dev.upswell.simulation.memory.MemoryFeedStore;
import java.time.Duration;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

class PulledCreatorsCacheTest {
  private static final Duration REFRESH = Duration.ofSeconds(10);

  private final MemoryFeedStore store = new MemoryFeedStore(SmallApp.SETTINGS);
  private final SteppingClock clock = new SteppingClock();
  private final PulledCreatorsCache creators =
      new PulledCreatorsCache(store, REFRESH, clock::nanos);

  private long[] current() {
    return creators.current().join();
  }

  @Test
  void creatorsAreReloadedAfterTheRefreshTime() {
    assertThat(current()).isEmpty();
    store.pull(7, 1).join();
    clock.pass(REFRESH.minusNanos(1));
    assertThat(current()).isEmpty();
    clock.pass(Duration.ofNanos(1));

    assertThat(current()).containsExactly(7);
  }

  @Test
  void ageCountsFromTheRequest() {
    clock.pass(Duration.ofSeconds(1));
    var steps = new ArrayDeque<Runnable>();
    PulledCreatorsCache slow = new PulledCreatorsCache(store.on(steps::add), REFRESH, clock::nanos);
    var first = slow.current();
    clock.pass(Duration.ofSeconds(9));
    steps.remove().run();
    assertThat(first.join()).isEmpty();
    store.pull(7, 1).join();
    clock.pass(Duration.ofSeconds(1));
    var second = slow.current();

    assertThat(steps).as("ten seconds after the question").hasSize(1);
    steps.remove().run();
    assertThat(second.join()).containsExactly(7);
  }

  @Test
  void oneCallerRefreshesAheadWithoutWaiting() {
    var steps = new ArrayDeque<Runnable>();
    PulledCreatorsCache ahead = asked(steps);
    store.pull(7, 1).join();

    clock.pass(REFRESH.dividedBy(2).minusNanos(1));
    assertThat(ahead.cached()).isPresent();
    assertThat(steps).as("before half the time is over").isEmpty();
    clock.pass(Duration.ofNanos(1));
    assertThat(ahead.cached())
        .hasValueSatisfying(allAcknowledged -> assertThat(allAcknowledged).isEmpty());
    assertThat(ahead.cached()).isPresent();
    assertThat(steps).as("asked by the first of two").hasSize(1);
    steps.remove().run();

    clock.pass(REFRESH.minusNanos(1));
    assertThat(ahead.cached())
        .hasValueSatisfying(allAcknowledged -> assertThat(allAcknowledged).containsExactly(7));
  }

  @Test
  void unavailableStoreIsRetriedAndCacheExpires() {
    var steps = new ArrayDeque<Runnable>();
    PulledCreatorsCache ahead = asked(steps);

    for (int i = 0; i < 1_000; i++) {
      clock.pass(REFRESH.dividedBy(1_001));
      assertThat(ahead.cached()).isPresent();
    }
    assertThat(steps).hasSizeBetween(3, 5);
    clock.pass(REFRESH.dividedBy(1_000));
    assertThat(ahead.cached()).isEmpty();
  }

  /** They were asked for just now. */
  private PulledCreatorsCache asked(ArrayDeque<Runnable> steps) {
    PulledCreatorsCache asked =
        new PulledCreatorsCache(store.on(steps::add), REFRESH, clock::nanos);
    var first = asked.current();
    steps.remove().run();
    assertThat(first.join()).isEmpty();
    return asked;
  }

  @Test
  void pulledFolloweesAreAscending() {
    long[] pulled = {2, 5, 9};

    assertThat(PulledCreatorsCache.among(pulled, new long[] {1, 2, 3, 9, 10}))
        .containsExactly(2, 9);
    assertThat(PulledCreatorsCache.among(pulled, new long[] {3})).isEmpty();
    assertThat(PulledCreatorsCache.among(new long[0], new long[] {3})).isEmpty();
  }
}
