package dev.upswell.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class FeedReaderPropertyTest {
  /** Enough videos to read the outboxes of busy creators twice. */
  private static final long[] CREATORS = LongStream.rangeClosed(11, 22).toArray();

  private static final FeedOptions SETTINGS = FeedFixture.SETTINGS.withEntries(8, 10);

  /** The first of them most often, so that some outboxes are full and others nearly empty. */
  private static long oneOf(Random random) {
    int most = 1 + random.nextInt(CREATORS.length);
    return CREATORS[Math.min(random.nextInt(most), random.nextInt(most))];
  }

  /** Publishes, hides and reads at random. */
  private static void goesOn(FeedFixture app, Random random, int events, int limit) {
    List<long[]> published = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      int event = random.nextInt(12);
      if (event == 0) {
        app.first(limit);
      } else if (event == 1 && !published.isEmpty()) {
        long[] video = published.get(random.nextInt(published.size()));
        app.hide(video[0], video[1]);
      } else {
        long creator = oneOf(random);
        published.add(new long[] {creator, app.publish(creator)});
      }
    }
  }

  @Property
  void warmPagesHaveNoGapsOrDuplicates(
      @ForAll @IntRange(max = (1 << 12) - 1) int pulled,
      @ForAll @IntRange(max = 60) int events,
      @ForAll @IntRange(min = 1, max = 9) int limit,
      @ForAll long seed) {
    FeedFixture app = new FeedFixture(SETTINGS);
    app.follow(5, CREATORS);
    for (int i = 0; i < CREATORS.length; i++) {
      if ((pulled & (1 << i)) != 0) {
        app.pull(CREATORS[i]);
      }
    }
    Random random = new Random(seed);
    goesOn(app, random, events, limit);
    assertThat(app.all(limit)).isEqualTo(app.expected());
    goesOn(app, random, events / 4, limit);
    assertThat(app.all(limit)).isEqualTo(app.expected());
  }

  @Property
  void newlyPulledCreatorsLeaveNoGap(
      @ForAll @IntRange(max = 60) int events,
      @ForAll @IntRange(min = 1, max = 9) int limit,
      @ForAll long seed) {
    FeedFixture app = new FeedFixture(SETTINGS);
    app.follow(5, CREATORS);
    app.first(limit);
    Random random = new Random(seed);
    goesOn(app, random, events, limit);
    // Still pushed, because readers may not have read that it is pulled; this one has.
    app.pull(CREATORS[0]);
    app.clock.pass(SETTINGS.pulledRefresh());
    goesOn(app, random, events / 2, limit);
    assertThat(app.all(limit)).isEqualTo(app.expected());
  }

  @Property
  void pagesOfPullingViewersHaveNoGapsOrDuplicates(
      @ForAll @IntRange(max = 60) int events,
      @ForAll @IntRange(min = 1, max = 9) int limit,
      @ForAll long seed) {
    FeedFixture app = new FeedFixture(SETTINGS);
    app.follow(-5, CREATORS);
    Random random = new Random(seed);
    for (int i = 0; i < events; i++) {
      app.publish(oneOf(random));
    }

    assertThat(app.all(limit)).isEqualTo(app.expected());
    assertThat(app.all(limit)).as("from what was kept").isEqualTo(app.expected());
  }
}
