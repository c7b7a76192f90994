package dev.upswell.feeds;

import static dev.upswell.feeds.FeedFixture.get;
import static dev.upswell.feeds.FeedFixture.ids;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks which reads the cache saves, and when it expires. */
class CachedReadsTest {
  private static final long CREATOR = 11;
  private static final Duration LIFE = Duration.ofSeconds(2);

  private final FeedFixture app =
      new FeedFixture(
          FeedFixture.SETTINGS.withEntries(100, 100),
          new FeedReadOptions(Duration.ofMillis(100), LIFE, 1 << 20, Duration.ZERO));

  private List<Long> published() {
    List<Long> ids = app.publishAll(CREATOR, 50);
    app.first(20);
    app.first(20);
    return ids;
  }

  @Test
  void warmPagesNeedOneStoreCall() {
    List<Long> ids = published();
    app.calls.clear();

    assertThat(ids(app.first(20))).isEqualTo(ids.subList(0, 20));
    assertThat(app.calls).containsExactly("head");
  }

  @Test
  void readsRenewTheTtlAtMostTwentyTimes() {
    published();
    app.calls.clear();

    Duration part = app.settings.feedTtl().dividedBy(20);
    app.clock.pass(part.minusMillis(1));
    app.first(1);
    app.clock.pass(Duration.ofMillis(1));
    app.first(1);
    app.clock.pass(part.minusMillis(1));
    app.first(1);

    assertThat(app.calls)
        .filteredOn(question -> question.startsWith("head"))
        .containsExactly("head", "head, renewing", "head");
  }

  @Test
  void laterPushesAreOnThePage() {
    List<Long> ids = published();
    ids.add(0, app.publish(CREATOR));
    app.calls.clear();

    assertThat(ids(app.first(20))).isEqualTo(ids.subList(0, 20));
    assertThat(app.calls).containsExactly("head", "visibilities");
    app.calls.clear();
    assertThat(ids(app.first(20))).isEqualTo(ids.subList(0, 20));
    assertThat(app.calls).containsExactly("head");
  }

  @Test
  void pagesBelowTheCacheReadTheWholeList() {
    List<Long> ids = published();
    app.calls.clear();

    assertThat(ids(app.below(ids.get(24), 20))).isEqualTo(ids.subList(25, 45));
    assertThat(app.calls).containsExactly("head", "storedFeed", "visibilities");
    app.calls.clear();
    assertThat(ids(app.below(ids.get(34), 10))).isEqualTo(ids.subList(35, 45));
    assertThat(app.calls).containsExactly("storedFeed");
  }

  @Test
  void hiddenVideosDisappearAfterTheVisibilityTtl() {
    List<Long> ids = published();
    app.hide(CREATOR, ids.get(3));

    app.clock.pass(LIFE.minusMillis(1));
    assertThat(ids(app.first(5))).contains(ids.get(3));
    app.clock.pass(Duration.ofMillis(1));
    assertThat(ids(app.first(5))).doesNotContain(ids.get(3)).hasSize(5);
  }

  @Test
  void cachedVideosOfUnfollowedCreatorsAreHidden() {
    published();
    app.follow(5, CREATOR + 1);

    assertThat(ids(app.first(20))).isEmpty();
  }

  @Test
  void droppedFeedsAreReadAgain() {
    List<Long> ids = published();
    app.store.expire(FeedFixture.USER);

    FeedPage page = app.first(20);

    assertThat(page.source()).isEqualTo(FeedPage.Source.COMPUTED);
    assertThat(ids(page)).isEqualTo(ids.subList(0, 20));
  }

  @Test
  void rebuiltListsAreNotTakenForTheCachedOne() {
    FeedFixture feeds =
        new FeedFixture(
            FeedFixture.SETTINGS.withEntries(40, 100),
            new FeedReadOptions(Duration.ofMillis(100), LIFE, 1 << 20, Duration.ZERO));
    long followedLater = CREATOR + 1;
    feeds.follow(5, CREATOR);
    for (int i = 0; i < 50; i++) {
      feeds.publish(CREATOR);
    }
    long missed = feeds.publish(followedLater);
    for (int i = 0; i < 10; i++) {
      feeds.publish(CREATOR);
    }
    feeds.first(20);
    feeds.first(20);

    // The list is built again by another instance: as long as before, with the same first entries.
    feeds.follow(6, CREATOR, followedLater);
    get(
        feeds
            .otherReader(new FeedReadOptions(Duration.ofMillis(100), LIFE, 0, Duration.ZERO))
            .read(FeedRequest.first(FeedFixture.USER, 20)));

    FeedPage page = feeds.first(20);
    assertThat(page.source()).isEqualTo(FeedPage.Source.WARM);
    assertThat(ids(page)).contains(missed).isEqualTo(feeds.expected().subList(0, 20));
  }
}
