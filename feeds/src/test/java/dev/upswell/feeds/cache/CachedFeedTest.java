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

  private static FeedList list(LongStream ids) {
    return FeedList.of(ids.mapToObj(id -> new FeedEntry(id, CREATOR)).toList());
  }

  /** 100 videos, the newest first. */
  private static CachedFeed hundred() {
    return CachedFeed.of(list(LongStream.rangeClosed(1, 100).map(i -> 101 - i)), MAX_ENTRIES, 0);
  }

  private static FeedHead head(int size, long... entries) {
    return new FeedHead(Following.NONE, 0, list(LongStream.of(entries)), size, Freshness.NONE);
  }

  private static List<Long> newest(CachedFeed feed) {
    return LongStream.range(0, feed.newest().size())
        .mapToObj(i -> feed.newest().videoId((int) i))
        .toList();
  }

  @Test
  void newestVideosAreCompleteDownToTheLast() {
    assertThat(newest(hundred())).hasSize(32).startsWith(100L, 99L).endsWith(69L);
    assertThat(hundred().newest().floor()).isEqualTo(69);
  }

  @Test
  void completeListIsCachedDownToItsEnd() {
    CachedFeed feed = CachedFeed.of(list(LongStream.of(3, 5, 4, 0)), MAX_ENTRIES, 0);

    assertThat(newest(feed)).containsExactly(5L, 4L, 3L, 0L);
    assertThat(feed.at(head(4, 3, 5, 4, 0), MAX_ENTRIES)).hasValue(feed);
  }

  @Test
  void unchangedListIsRecognized() {
    CachedFeed feed = hundred();

    assertThat(feed.at(head(100, 100, 99, 98, 97, 96, 95, 94, 93, 92, 91, 90, 89), MAX_ENTRIES))
        .hasValue(feed);
  }

  @Test
  void laterPushesAreSortedIn() {
    // 102 came before 101, and 99 once more.
    FeedHead now = head(103, 101, 102, 99, 100, 99, 98, 97, 96, 95, 94, 93, 92);

    CachedFeed feed = hundred().at(now, MAX_ENTRIES).orElseThrow();

    assertThat(newest(feed)).hasSize(32).startsWith(102L, 101L, 100L, 99L, 98L).endsWith(71L);
    assertThat(feed.at(now, MAX_ENTRIES)).hasValue(feed);
  }

  @Test
  void latePushesOfOldVideosAreNotNewest() {
    CachedFeed feed =
        hundred()
            .at(head(101, 50, 100, 99, 98, 97, 96, 95, 94, 93, 92, 91, 90), MAX_ENTRIES)
            .orElseThrow();

    assertThat(newest(feed)).hasSize(32).startsWith(100L).doesNotContain(50L);
  }

  @Test
  void replacedListsAreNotRecognized() {
    CachedFeed feed = hundred();

    assertThat(feed.at(head(0), MAX_ENTRIES)).as("dropped").isEmpty();
    assertThat(feed.at(head(99, 100, 99, 98, 97, 96, 95, 94, 93, 92, 91, 90, 89), MAX_ENTRIES))
        .as("compacted")
        .isEmpty();
    assertThat(feed.at(head(100, 101, 100, 99, 98, 97, 96, 95, 94, 93, 92, 91, 90), MAX_ENTRIES))
        .as("as long, and pushed to")
        .isEmpty();
    assertThat(
            feed.at(head(105, 105, 104, 103, 102, 101, 100, 99, 98, 97, 96, 95, 94), MAX_ENTRIES))
        .as("too many pushes for the head")
        .isEmpty();
  }
}
