package dev.upswell.feeds;

import static dev.upswell.feeds.FeedFixture.ids;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Checks which pages a store with invalidations lets the cache serve, and until when. */
class TrackedReadsTest {
  private static final long CREATOR = 11;

  private final FeedFixture app = app(Duration.ofSeconds(1));

  private static FeedFixture app(Duration invalidationMaxLag) {
    return new FeedFixture(
        FeedFixture.SETTINGS.withEntries(100, 100),
        new FeedReadOptions(Duration.ofMillis(100), Duration.ZERO, 1 << 20, invalidationMaxLag));
  }

  /** Fifty videos, newest first, of a feed that was built, read whole, and looked at. */
  private List<Long> published() {
    List<Long> ids = app.publishAll(CREATOR, 50);
    app.first(20);
    app.first(20);
    app.first(20);
    app.calls.clear();
    return ids;
  }

  private Optional<List<Long>> cached(int limit) {
    return app.reader.cached(FeedRequest.first(FeedFixture.USER, limit)).map(FeedFixture::ids);
  }

  @Test
  void validatedPagesAreCached() {
    published();
    FeedPage read = app.first(20);
    app.calls.clear();

    assertThat(app.reader.cached(FeedRequest.first(FeedFixture.USER, 20))).contains(read);
    assertThat(app.calls).isEmpty();
  }

  @Test
  void feedsReadWholeAreNotTracked() {
    app.follow(5, CREATOR);
    app.publish(CREATOR);
    app.first(20);
    app.first(20);

    assertThat(cached(20)).isEmpty();
  }

  @Test
  void laterPagesAreCachedDownToTheFloor() {
    List<Long> ids = published();

    assertThat(cached(10)).contains(ids.subList(0, 10));
    FeedRequest second = new FeedRequest(FeedFixture.USER, 10, ids.get(9), false);
    assertThat(app.reader.cached(second).map(FeedFixture::ids)).contains(ids.subList(10, 20));
    FeedRequest last = new FeedRequest(FeedFixture.USER, 20, ids.get(19), false);
    assertThat(app.reader.cached(last)).isEmpty();
  }

  @Test
  void endOfAFeedIsCached() {
    app.follow(5, CREATOR);
    app.publish(CREATOR);
    app.first(20);
    app.first(20);
    FeedPage read = app.first(20);

    assertThat(read.next()).isEmpty();
    assertThat(app.reader.cached(FeedRequest.first(FeedFixture.USER, 20))).contains(read);
  }

  @Test
  void pushesInvalidateTheFeed() {
    List<Long> ids = published();
    ids.add(0, app.publish(CREATOR));

    assertThat(cached(20)).isEmpty();
    assertThat(ids(app.first(20))).isEqualTo(ids.subList(0, 20));
    assertThat(cached(20)).contains(ids.subList(0, 20));
  }

  @Test
  void followsInvalidateTheFeed() {
    published();
    app.follow(5, CREATOR, CREATOR + 1);

    assertThat(cached(20)).isEmpty();
  }

  @Test
  void unfollowedCreatorsAreOnNoCachedPage() {
    published();
    app.follow(5, CREATOR + 1);
    app.first(20);
    app.first(20);

    assertThat(cached(20).orElse(List.of())).isEmpty();
  }

  @Test
  void hiddenVideosAreOnNoCachedPage() {
    List<Long> ids = published();
    app.hide(CREATOR, ids.get(3));

    assertThat(cached(5)).isEmpty();
    List<Long> shown = ids(app.first(5));
    assertThat(shown).hasSize(5).doesNotContain(ids.get(3));
    app.calls.clear();
    assertThat(cached(5)).contains(shown);
  }

  @Test
  void droppedFeedsAreNotCached() {
    published();
    app.store.expire(FeedFixture.USER);

    assertThat(cached(20)).isEmpty();
  }

  @Test
  void changedPulledCreatorsInvalidateTheFeed() {
    published();
    app.pull(CREATOR);
    app.clock.pass(app.settings.pulledRefresh());

    assertThat(cached(20)).as("before it is known who is").isEmpty();
    app.first(20);
    app.first(20);
    assertThat(cached(20)).as("because the outbox must be read").isEmpty();
  }

  @Test
  void cachedReadsRenewTheTtlAtMostTwentyTimes() {
    published();
    Duration part = app.settings.feedTtl().dividedBy(20);
    app.clock.pass(part.minusMillis(1));
    anybodyElse();
    assertThat(cached(20)).isPresent();
    app.clock.pass(Duration.ofMillis(1));
    anybodyElse();
    app.calls.clear();

    assertThat(cached(20)).isPresent();
    assertThat(app.calls).containsExactly("renew");
    app.first(20);
    assertThat(app.calls).containsExactly("renew", "head");
    assertThat(cached(20)).isPresent();
    assertThat(app.calls).hasSize(2);
  }

  /** Reads another feed, so that the pulled creators are cached. */
  private void anybodyElse() {
    FeedFixture.get(app.reader.read(FeedRequest.first(FeedFixture.USER + 1, 1)));
  }
}
