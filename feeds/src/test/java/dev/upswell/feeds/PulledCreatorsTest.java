package dev.upswell.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.feeds.memory.MemoryFeedStore;
import java.time.Duration;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

class PulledCreatorsTest {
  private static final Duration REFRESH = Duration.ofSeconds(10);

  private final MemoryFeedStore store = new MemoryFeedStore(SmallApp.SETTINGS);
  private final SteppingClock clock = new SteppingClock();
  private final PulledCreators creators = new PulledCreators(store, REFRESH, clock::nanos);

  private long[] current() {
    return creators.current().join();
  }

  @Test
  void theyAreAskedForAgainOnceTheRefreshTimeIsOverAndNotBefore() {
    assertThat(current()).isEmpty();
    store.pull(7, 1).join();
    clock.pass(REFRESH.minusNanos(1));
    assertThat(current()).isEmpty();
    clock.pass(Duration.ofNanos(1));

    assertThat(current()).containsExactly(7);
  }

  @Test
  void theirAgeIsCountedFromTheQuestionAndNotFromTheAnswer() {
    clock.pass(Duration.ofSeconds(1));
    var steps = new ArrayDeque<Runnable>();
    PulledCreators slow = new PulledCreators(store.on(steps::add), REFRESH, clock::nanos);
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
  void thoseAmongTheFolloweesAreAscending() {
    long[] pulled = {2, 5, 9};

    assertThat(PulledCreators.among(pulled, new long[] {1, 2, 3, 9, 10})).containsExactly(2, 9);
    assertThat(PulledCreators.among(pulled, new long[] {3})).isEmpty();
    assertThat(PulledCreators.among(new long[0], new long[] {3})).isEmpty();
  }
}
