package dev.upswell.feeds;

import static dev.upswell.feeds.FeedFixture.USER;
import static dev.upswell.feeds.FeedFixture.get;
import static dev.upswell.feeds.FeedFixture.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.FeedSnapshot;
import dev.upswell.feeds.FeedPage.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FeedReaderTest {
  private static final long PUSHED = 11;
  private static final long PULLED = 12;

  private final FeedFixture app = new FeedFixture();

  /** The same with longer lists. */
  private final FeedFixture many = new FeedFixture(FeedFixture.SETTINGS.withEntries(100, 200));

  // ---- Warm, with pulled creators

  @Test
  void videosOfPulledCreatorsAreMergedIn() {
    app.follow(5, PUSHED, PULLED);
    app.pull(PULLED);
    long first = app.publish(PUSHED);
    app.first(5);
    long second = app.publish(PULLED);
    long third = app.publish(PUSHED);
    long fourth = app.publish(PULLED);

    FeedPage page = app.first(5);

    assertThat(page.source()).isEqualTo(Source.WARM);
    assertThat(ids(page)).containsExactly(fourth, third, second, first);
    assertThat(page.next()).isEmpty();
    assertThat(page.degraded()).isFalse();
  }

  @Test
  void mergedVideosAreDeduplicated() {
    app.follow(5, PUSHED, PULLED);
    app.first(5);
    long pushedBefore = app.publish(PULLED);
    app.pull(PULLED);
    app.clock.pass(FeedFixture.SETTINGS.pulledRefresh());

    assertThat(ids(app.first(5))).containsExactly(pushedBefore);
  }

  @Test
  void unfollowedPulledCreatorsAreNotShown() {
    app.follow(5, PUSHED);
    app.pull(PULLED);
    app.first(5);
    app.publish(PULLED);
    long pushed = app.publish(PUSHED);

    assertThat(ids(app.first(5))).containsExactly(pushed);
  }

  @Test
  void feedsEndAtTheHorizonOfPulledCreators() {
    app.follow(5, PUSHED, PULLED);
    app.pull(PULLED);
    app.publish(PUSHED);
    app.publish(PULLED);
    app.first(9);
    long oldest = app.publish(PULLED);
    for (int i = 1; i < FeedFixture.SETTINGS.outboxEntries(); i++) {
      app.publish(PULLED);
    }

    FeedPage page = app.first(9);

    assertThat(page.source()).isEqualTo(Source.WARM);
    assertThat(ids(page)).hasSize(FeedFixture.SETTINGS.outboxEntries()).endsWith(oldest);
    assertThat(page.next()).isEmpty();
    assertThat(ids(page)).isEqualTo(app.expected());
  }

  // ---- Kept

  @Test
  void pullingViewersGetASnapshot() {
    app.follow(-5, PUSHED);
    app.clock.pass(Duration.ofMillis(700));
    long first = app.publish(PUSHED);

    FeedPage computed = app.first(5);
    assertThat(computed.source()).isEqualTo(Source.COMPUTED);
    assertThat(computed.asOf()).isEmpty();
    app.clock.pass(Duration.ofMillis(300));
    long second = app.publish(PUSHED);

    FeedPage kept = app.first(5);
    assertThat(kept.source()).isEqualTo(Source.SNAPSHOT);
    assertThat(kept.asOf()).isEqualTo(OptionalLong.of(700));
    assertThat(ids(kept)).containsExactly(first);

    FeedPage refreshed = get(app.reader.read(new FeedRequest(USER, 5, Long.MAX_VALUE, true)));
    assertThat(refreshed.source()).isEqualTo(Source.COMPUTED);
    assertThat(ids(refreshed)).containsExactly(second, first);
    FeedPage keptAnew = app.first(5);
    assertThat(keptAnew.asOf()).isEqualTo(OptionalLong.of(1_000));
    assertThat(ids(keptAnew)).containsExactly(second, first);
  }

  @Test
  void newEpochsInvalidateSnapshots() {
    app.follow(-5, PUSHED);
    long first = app.publish(PUSHED);
    long other = app.publish(PULLED);
    app.first(5);
    app.follow(-6, PUSHED, PULLED);

    FeedPage page = app.first(5);

    assertThat(page.source()).isEqualTo(Source.COMPUTED);
    assertThat(ids(page)).containsExactly(other, first);
    assertThat(app.first(5).source()).isEqualTo(Source.SNAPSHOT);
  }

  @Test
  void snapshotsOmitUnfollowedCreators() {
    app.follow(-5, PUSHED, PULLED);
    long first = app.publish(PUSHED);
    app.publish(PULLED);
    app.first(5);
    app.follow(-5, PUSHED);

    assertThat(app.first(5).source()).isEqualTo(Source.SNAPSHOT);
    assertThat(ids(app.first(5))).containsExactly(first);
  }

  @Test
  void laterPagesAreComputedWithoutASnapshot() {
    app.follow(-5, PUSHED);
    long first = app.publish(PUSHED);
    long second = app.publish(PUSHED);

    assertThat(ids(app.below(second, 5))).containsExactly(first);
    assertThat(get(app.store.feedSnapshot(USER))).isEmpty();
  }

  @Test
  void refreshHasNoEffectOnLaterPages() {
    app.follow(-5, PUSHED);
    long first = app.publish(PUSHED);
    long second = app.publish(PUSHED);
    app.first(1);

    FeedPage page = get(app.reader.read(new FeedRequest(USER, 5, second, true)));

    assertThat(ids(page)).containsExactly(first);
  }

  // ---- Out of time

  @Test
  void timedOutBuildsAreNotSaved() {
    FeedFixture large = new FeedFixture(FeedFixture.SETTINGS.withEntries(20, 20));
    large.follow(5, LongStream.rangeClosed(PUSHED, PUSHED + 19).toArray());
    for (int i = 0; i < 15; i++) {
      large.publish(PUSHED);
    }
    large.clock.jump(Duration.ofSeconds(1));

    FeedPage page = large.first(20);

    assertThat(page.degraded()).isTrue();
    assertThat(ids(page)).isNotEmpty().isSubsetOf(large.expected());
    assertThat(get(large.store.storedFeed(USER)).isWarm()).isFalse();
    large.clock.jump(Duration.ZERO);
    assertThat(ids(large.first(20))).isEqualTo(large.expected());
    assertThat(get(large.store.storedFeed(USER)).isWarm()).isTrue();
  }

  @Test
  void degradedFeedsAreNotSaved() {
    app.follow(-5, PUSHED);
    app.publish(PUSHED);
    app.clock.jump(Duration.ofSeconds(1));

    FeedPage page = app.first(3);

    assertThat(page.degraded()).isTrue();
    assertThat(page.source()).isEqualTo(Source.COMPUTED);
    assertThat(get(app.store.feedSnapshot(USER))).isEmpty();
    app.clock.jump(Duration.ZERO);
    assertThat(app.first(3).degraded()).isFalse();
    assertThat(get(app.store.feedSnapshot(USER)).map(FeedSnapshot::epoch)).hasValue(-5L);
  }

  @Test
  void timedOutWarmPagesOmitPulledCreators() {
    app.follow(5, PUSHED, PULLED);
    app.pull(PULLED);
    app.first(3);
    long pushed = app.publish(PUSHED);
    app.publish(PULLED);
    app.clock.jump(Duration.ofSeconds(1));

    FeedPage page = app.first(3);

    assertThat(page.source()).isEqualTo(Source.WARM);
    assertThat(page.degraded()).isTrue();
    assertThat(ids(page)).containsExactly(pushed);
    assertThat(page.next()).as("the feed does not end").hasValue(pushed);
  }

  @Test
  void timedOutComputedPagesHaveACursor() {
    FeedFixture large = new FeedFixture(FeedFixture.SETTINGS.withEntries(20, 20));
    large.follow(-5, LongStream.rangeClosed(PUSHED, PUSHED + 19).toArray());
    for (int i = 0; i < 15; i++) {
      large.publish(PUSHED);
    }
    // The first round of reads is in time.
    large.clock.jump(Duration.ofMillis(60));

    FeedPage page = large.first(20);

    assertThat(page.degraded()).isTrue();
    List<Long> shown = ids(page);
    assertThat(page.next()).hasValue(shown.get(shown.size() - 1));
  }

  @Test
  void timedOutPagesWithoutVideosHaveACursor() {
    app.follow(-5, PUSHED);
    app.publish(PUSHED);
    app.clock.jump(Duration.ofSeconds(1));

    FeedPage page = get(app.reader.read(new FeedRequest(USER, 3, 7, false)));

    assertThat(page.entries()).isEmpty();
    assertThat(page.next()).as("the same place").hasValue(7);
  }

  // ---- Hidden videos

  @Test
  void removedVideosDoNotShortenWarmPages() {
    List<Long> ids = many.publishAll(PUSHED, 60);
    many.first(20);
    ids.subList(0, 20).forEach(id -> many.remove(PUSHED, id));

    FeedPage page = many.first(20);

    assertThat(page.source()).isEqualTo(Source.WARM);
    assertThat(ids(page)).isEqualTo(ids.subList(20, 40));
    assertThat(page.next()).hasValue(ids.get(39));
    assertThat(many.all(7)).isEqualTo(ids.subList(20, 60));
  }

  @Test
  void removedVideosDoNotShortenComputedPages() {
    List<Long> ids = many.publishAll(PUSHED, 150);
    many.follow(-5, PUSHED);
    ids.subList(0, 140).forEach(id -> many.remove(PUSHED, id));

    FeedPage page = many.first(20);

    assertThat(ids(page)).isEqualTo(ids.subList(140, 150));
    assertThat(page.next()).isEmpty();
  }

  @Test
  void pagesGoOnBelowTheFloorOfTheirList() {
    List<Long> ids = many.publishAll(PUSHED, 150);
    many.first(20);
    ids.subList(0, 90).forEach(id -> many.remove(PUSHED, id));

    assertThat(ids(many.first(20))).isEqualTo(ids.subList(90, 110));
  }

  @Test
  void mostlyHiddenListsAreBuiltAgain() {
    List<Long> ids = many.publishAll(PUSHED, 150);
    many.first(20);
    ids.subList(0, 90).forEach(id -> many.remove(PUSHED, id));
    many.first(20);

    FeedList list = get(many.store.storedFeed(USER)).list();
    List<Long> left = new ArrayList<>();
    for (int i = 0; i < list.videos(); i++) {
      left.add(list.videoId(i));
    }
    assertThat(left).isEqualTo(ids.subList(90, 150));
    assertThat(list.floor()).as("no older video exists").isZero();
    many.calls.clear();
    assertThat(ids(many.first(20))).isEqualTo(ids.subList(90, 110));
    assertThat(many.calls).doesNotContain("outboxes", "drop");
    long pushed = many.publish(PUSHED);
    assertThat(many.all(30)).startsWith(pushed).hasSize(61);
  }

  @Test
  void listsWithFewHiddenVideosAreKept() {
    List<Long> ids = many.publishAll(PUSHED, 60);
    many.first(20);
    ids.subList(0, 20).forEach(id -> many.remove(PUSHED, id));
    many.first(20);

    assertThat(many.calls).doesNotContain("drop");
  }

  @Test
  void pagesAreShortWhenTheTimeoutPasses() {
    List<Long> ids = many.publishAll(PUSHED, 60);
    many.first(20);
    ids.subList(5, 40).forEach(id -> many.remove(PUSHED, id));
    many.clock.jump(Duration.ofSeconds(1));

    FeedPage page = many.first(20);

    assertThat(ids(page)).isEqualTo(ids.subList(0, 5));
    assertThat(page.next()).hasValue(ids.get(19));
    assertThat(page.degraded()).isFalse();
  }

  @Test
  void usersWithoutFolloweesHaveAnEmptyFeed() {
    FeedPage page = app.first(5);

    assertThat(page.entries()).isEmpty();
    assertThat(page.next()).isEmpty();
    assertThat(page.degraded()).isFalse();
  }
}
