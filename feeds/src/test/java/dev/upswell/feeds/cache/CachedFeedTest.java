package dev.upswell.feeds.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.contract.redis.FeedList;
import dev.upswell.contract.redis.Following;
import dev.upswell.feeds.store.FeedHead;
import dev.upswell.feeds.store.Freshness;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CachedFeedTest {
  private static final int MAX_ENTRIES = 500;
  private static final long CREATOR = 9;
  private static final FeedEntry TAIL = FeedEntry.tail(1, 77);

  private static FeedList list(FeedEntry tail, LongStream ids) {
    FeedList list = FeedList.of(ids.mapToObj(id -> new FeedEntry(id, CREATOR)).toList());
    list.add(tail.videoId(), tail.creatorId());
    return list;
  }

  /** 100 videos, the newest first. */
  private static CachedFeed hundred() {
    return CachedFeed.of(
        list(TAIL, LongStream.rangeClosed(1, 100).map(i -> 101 - i)), MAX_ENTRIES, 0);
  }

  private static FeedHead head(FeedEntry tail, long... added) {
    FeedList list =
        FeedList.of(LongStream.of(added).mapToObj(id -> new FeedEntry(id, CREATOR)).toList());
    return new FeedHead(Following.NONE, 0, list, tail, Freshness.NONE);
  }

  private static List<Long> newest(CachedFeed feed) {
    return LongStream.range(0, feed.newest().videos())
        .mapToObj(i -> feed.newest().videoId((int) i))
        .toList();
  }

  @Test
  void newestVideosAreCompleteDownToTheLast() {
    assertThat(newest(hundred())).hasSize(32).startsWith(100L, 99L).endsWith(69L);
    assertThat(hundred().newest().floor()).isEqualTo(69);
    assertThat(hundred().size()).isEqualTo(101);
  }

  @Test
  void completeListIsCachedDownToItsEnd() {
    CachedFeed feed =
        CachedFeed.of(list(FeedEntry.tail(0, 77), LongStream.of(3, 5, 4)), MAX_ENTRIES, 0);

    assertThat(newest(feed)).containsExactly(5L, 4L, 3L);
    assertThat(feed.newest().floor()).isZero();
    assertThat(feed.at(head(FeedEntry.tail(0, 77)), MAX_ENTRIES)).hasValue(feed);
  }

  @Test
  void floorBelowTheLastVideoIsKept() {
    CachedFeed feed =
        CachedFeed.of(list(FeedEntry.tail(2, 77), LongStream.of(5, 4)), MAX_ENTRIES, 0);

    assertThat(newest(feed)).containsExactly(5L, 4L);
    assertThat(feed.newest().floor()).isEqualTo(2);
  }

  @Test
  void unchangedListIsRecognized() {
    CachedFeed feed = hundred();

    assertThat(feed.at(head(TAIL), MAX_ENTRIES)).hasValue(feed);
  }

  @Test
  void laterPushesAreSortedIn() {
    // 102 came before 101, and 99 once more.
    CachedFeed feed = hundred().at(head(TAIL, 101, 102, 99), MAX_ENTRIES).orElseThrow();

    assertThat(newest(feed)).hasSize(32).startsWith(102L, 101L, 100L, 99L, 98L).endsWith(71L);
    assertThat(feed.size()).isEqualTo(104);
    assertThat(feed.at(head(TAIL), MAX_ENTRIES)).hasValue(feed);
  }

  @Test
  void latePushesOfOldVideosAreNotNewest() {
    CachedFeed feed = hundred().at(head(TAIL, 50), MAX_ENTRIES).orElseThrow();

    assertThat(newest(feed)).hasSize(32).startsWith(100L).doesNotContain(50L);
  }

  @Test
  void replacedListsAreNotRecognized() {
    CachedFeed feed = hundred();

    assertThat(feed.at(head(FeedEntry.marker(0)), MAX_ENTRIES)).as("dropped").isEmpty();
    assertThat(feed.at(head(FeedEntry.marker(77)), MAX_ENTRIES)).as("unfinished").isEmpty();
    assertThat(feed.at(head(FeedEntry.tail(1, 78)), MAX_ENTRIES)).as("built again").isEmpty();
    assertThat(feed.at(head(FeedEntry.tail(0, 77)), MAX_ENTRIES)).as("other floor").isEmpty();
  }

  @Test
  void listsWithTooManyPushesAreNotRecognized() {
    long[] pushes = LongStream.rangeClosed(101, 100 + CachedFeed.MOST).toArray();

    assertThat(hundred().at(head(TAIL, pushes), MAX_ENTRIES)).isEmpty();
  }
}
