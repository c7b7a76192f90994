package dev.upswell.feeds.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.redis.FeedEntry;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.UniqueElements;

class TopEntriesTest {
  @Property
  void newestVideosAreKeptAndOlderOnesRejected(
      @ForAll @UniqueElements List<@LongRange(min = 1, max = 10_000) Long> videoIds,
      @ForAll @IntRange(min = 1, max = 40) int capacity,
      @ForAll @LongRange(max = 10_000) long floor) {
    TopEntries newest = new TopEntries(capacity);
    List<FeedEntry> shown = new ArrayList<>();
    for (long videoId : videoIds) {
      List<FeedEntry> before = newest(shown, capacity);
      long oldest = before.size() == capacity ? before.get(capacity - 1).videoId() : 0;
      assertThat(newest.oldest()).isEqualTo(oldest);
      assertThat(newest.add(videoId, -videoId)).isEqualTo(videoId > oldest);
      shown.add(new FeedEntry(videoId, -videoId));
    }

    assertThat(newest.from(floor))
        .isEqualTo(
            newest(shown, capacity).stream().filter(entry -> entry.videoId() >= floor).toList());
  }

  private static List<FeedEntry> newest(List<FeedEntry> shown, int capacity) {
    return shown.stream().sorted(FeedEntry.NEWEST_FIRST).limit(capacity).toList();
  }
}
