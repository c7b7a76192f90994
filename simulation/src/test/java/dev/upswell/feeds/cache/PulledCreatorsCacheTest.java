package dev.upswell.feeds.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.feeds.FeedFixture;
import dev.upswell.feeds.SteppingClock;
import dev.upswell.simulation.memory.MemoryFeedStore;
import java.time.Duration;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

class PulledCreatorsCacheTest {
  private static final Duration REFRESH = Duration.ofSeconds(10);

  private final MemoryFeedStore store = new MemoryFeedStore(FeedFixture.SETTINGS);
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
    var queries = new ArrayDeque<Runnable>();
    PulledCreatorsCache slow =
        new PulledCreatorsCache(store.on(queries::add), REFRESH, clock::nanos);
    var first = slow.current();
    clock.pass(Duration.ofSeconds(9));
    queries.remove().run();
    assertThat(first.join()).isEmpty();
    store.pull(7, 1).join();
    clock.pass(Duration.ofSeconds(1));
    var second = slow.current();

    assertThat(queries).as("ten seconds after the question").hasSize(1);
    queries.remove().run();
    assertThat(second.join()).containsExactly(7);
  }

  @Test
  void oneCallerRefreshesAheadWithoutWaiting() {
    var queries = new ArrayDeque<Runnable>();
    PulledCreatorsCache cache = loaded(queries);
    store.pull(7, 1).join();

    clock.pass(REFRESH.dividedBy(2).minusNanos(1));
    assertThat(cache.cached()).isPresent();
    assertThat(queries).as("before half the time is over").isEmpty();
    clock.pass(Duration.ofNanos(1));
    assertThat(cache.cached())
        .hasValueSatisfying(allAcknowledged -> assertThat(allAcknowledged).isEmpty());
    assertThat(cache.cached()).isPresent();
    assertThat(queries).as("queried by the first of two").hasSize(1);
    queries.remove().run();

    clock.pass(REFRESH.minusNanos(1));
    assertThat(cache.cached())
        .hasValueSatisfying(allAcknowledged -> assertThat(allAcknowledged).containsExactly(7));
  }

  @Test
  void unavailableStoreIsRetriedAndCacheExpires() {
    var queries = new ArrayDeque<Runnable>();
    PulledCreatorsCache cache = loaded(queries);

    for (int i = 0; i < 1_000; i++) {
      clock.pass(REFRESH.dividedBy(1_001));
      assertThat(cache.cached()).isPresent();
    }
    assertThat(queries).hasSizeBetween(3, 5);
    clock.pass(REFRESH.dividedBy(1_000));
    assertThat(cache.cached()).isEmpty();
  }

  /** Returns a cache that was loaded just now. */
  private PulledCreatorsCache loaded(ArrayDeque<Runnable> queries) {
    PulledCreatorsCache loaded =
        new PulledCreatorsCache(store.on(queries::add), REFRESH, clock::nanos);
    var first = loaded.current();
    queries.remove().run();
    assertThat(first.join()).isEmpty();
    return loaded;
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
