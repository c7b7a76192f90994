package dev.upswell.api.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.feeds.FeedPage;
import dev.upswell.feeds.FeedRequest;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StaleFeedCacheTest {
  private static final FeedRequest FIRST = FeedRequest.first(1, 3);

  private final AtomicLong now = new AtomicLong();
  private final StaleFeedCache stale = new StaleFeedCache(10_000, Duration.ofHours(1), now::get);

  private static FeedPage page(OptionalLong next, boolean degraded, long... ids) {
    List<FeedEntry> entries = LongStream.of(ids).mapToObj(id -> new FeedEntry(id, 7)).toList();
    return new FeedPage(entries, next, FeedPage.Source.WARM, OptionalLong.empty(), degraded);
  }

  private List<Long> ids(FeedRequest request) {
    return stale.find(request, entry -> false, true).orElseThrow().page().entries().stream()
        .map(FeedEntry::videoId)
        .toList();
  }

  @Test
  void lastFirstPageIsReturnedWithItsAge() {
    stale.keep(FIRST, page(OptionalLong.of(7), false, 9, 8, 7), 0);
    stale.keep(new FeedRequest(1, 3, 7, false), page(OptionalLong.empty(), false, 6), 0);
    stale.keep(FIRST, page(OptionalLong.empty(), true, 9), 0);
    now.addAndGet(Duration.ofMinutes(5).toNanos());

    assertThat(stale.find(FIRST, entry -> false, true))
        .hasValueSatisfying(
            found -> {
              assertThat(found).isInstanceOf(FeedReadResult.Stale.class);
              assertThat(((FeedReadResult.Stale) found).age()).isEqualTo(Duration.ofMinutes(5));
              assertThat(found.page().next()).hasValue(7);
            });
    assertThat(ids(FIRST)).containsExactly(9L, 8L, 7L);
    assertThat(stale.find(FeedRequest.first(2, 3), entry -> false, true)).isEmpty();

    now.addAndGet(Duration.ofMinutes(55).toNanos());
    assertThat(stale.find(FIRST, entry -> false, true)).as("too old").isEmpty();
  }

  @Test
  void smallerAndLaterPagesAreSlicedFromIt() {
    stale.keep(FeedRequest.first(1, 4), page(OptionalLong.of(6), false, 9, 8, 7, 6), 0);

    assertThat(ids(FeedRequest.first(1, 2))).containsExactly(9L, 8L);
    assertThat(
            stale.find(FeedRequest.first(1, 2), entry -> false, true).orElseThrow().page().next())
        .hasValue(8);
    assertThat(ids(new FeedRequest(1, 2, 8, false))).containsExactly(7L, 6L);
    assertThat(
            stale
                .find(new FeedRequest(1, 2, 8, false), entry -> false, true)
                .orElseThrow()
                .page()
                .next())
        .hasValue(6);
    assertThat(stale.find(new FeedRequest(1, 2, 6, false), entry -> false, true))
        .as("below all of it")
        .isEmpty();
  }

  @Test
  void memoryIsBounded() {
    for (long user = 1; user <= 10_000; user++) {
      stale.keep(FeedRequest.first(user, 3), page(OptionalLong.empty(), false, 3, 2, 1), 0);
    }
    assertThat(stale.bytes()).isLessThanOrEqualTo(10_000);
    assertThat(stale.size()).isBetween(1L, 30L);
  }

  @Test
  void hiddenVideosAreLeftOut() {
    stale.keep(FIRST, page(OptionalLong.of(7), false, 9, 8, 7), 0);

    FeedPage page = stale.find(FIRST, entry -> entry.videoId() == 9, true).orElseThrow().page();
    assertThat(page.entries()).extracting(FeedEntry::videoId).containsExactly(8L, 7L);
    assertThat(page.next()).hasValue(7);
    assertThat(stale.find(FIRST, entry -> true, true)).as("nothing is left").isEmpty();
  }

  @Test
  void emptyFeedsAreReturned() {
    stale.keep(FIRST, page(OptionalLong.empty(), false), 0);

    assertThat(stale.find(FIRST, entry -> true, true)).isPresent();
  }

  @Test
  void changedFollowingsDropThePage() {
    stale.keep(FIRST, page(OptionalLong.empty(), false, 9), stale.changes(1));
    stale.followingChanged(1);
    assertThat(stale.find(FIRST, entry -> false, true)).isEmpty();

    stale.keep(FIRST, page(OptionalLong.empty(), false, 8), stale.changes(1));
    assertThat(ids(FIRST)).containsExactly(8L);
  }

  @Test
  void pagesOfReadsBeforeTheChangeAreNotKept() {
    int before = stale.changes(1);
    stale.followingChanged(1);
    stale.keep(FIRST, page(OptionalLong.empty(), false, 9), before);

    assertThat(stale.find(FIRST, entry -> false, true)).isEmpty();
  }
}
