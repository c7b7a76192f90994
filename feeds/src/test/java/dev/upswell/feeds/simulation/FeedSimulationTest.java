package dev.upswell.feeds.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.feeds.FeedReads;
import dev.upswell.feeds.FeedSettings;
import dev.upswell.feeds.FeedWrites;
import dev.upswell.feeds.memory.MemoryFeedStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Feeds are exact whatever happens in whatever order. */
class FeedSimulationTest {
  /** Small, so that feeds overflow, outboxes lose videos and lists are compacted and dropped. */
  static final FeedSettings SETTINGS =
      new FeedSettings(4, 6, Duration.ofHours(1), Duration.ofDays(1));

  private static long warmPages;

  @Provide
  Arbitrary<List<Event>> histories() {
    return Event.any().list().ofMinSize(10).ofMaxSize(80);
  }

  @Property(tries = 4_000, afterFailure = AfterFailureMode.RANDOM_SEED)
  void everyFeedEqualsTheModelInAnyInterleaving(
      @ForAll("histories") List<Event> history, @ForAll long seed) {
    FeedSimulation simulation = new FeedSimulation(SETTINGS, new InMemory(), seed);
    simulation.run(history);
    warmPages += simulation.warmPages();
  }

  @AfterContainer
  static void feedsWereWarmOftenEnoughForPushesToMatter() {
    assertThat(warmPages).isGreaterThan(10_000);
  }

  private record InMemory(MemoryFeedStore store) implements StoreUnderTest {
    InMemory() {
      this(new MemoryFeedStore(SETTINGS));
    }

    @Override
    public FeedReads reads(Executor steps) {
      return store.on(steps);
    }

    @Override
    public FeedWrites writes(Executor steps) {
      return store.on(steps);
    }

    @Override
    public void expire(long user) {
      store.expire(user);
    }
  }
}
