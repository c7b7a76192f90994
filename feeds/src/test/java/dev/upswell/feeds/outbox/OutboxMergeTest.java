package dev.upswell.feeds.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upswell.contract.redis.FeedEntry;
import dev.upswell.feeds.store.OutboxPage;
import dev.upswell.feeds.store.OutboxRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class OutboxMergeTest {
  private static final int OUTBOX_ENTRIES = 12;

  /** Outboxes as Redis has them, newest first; one that is full may have lost what is older. */
  private final Map<Long, List<Long>> outboxes = new HashMap<>();

  private long videos;

  private void publish(long creator) {
    List<Long> outbox = outboxes.computeIfAbsent(creator, id -> new ArrayList<>());
    outbox.add(0, ++videos);
    if (outbox.size() > OUTBOX_ENTRIES) {
      outbox.remove(OUTBOX_ENTRIES);
    }
  }

  private OutboxPage answer(OutboxRequest request) {
    List<Long> outbox = outboxes.getOrDefault(request.creatorId(), List.of());
    if (!request.isRanked()) {
      long[] ids = ids(outbox.stream().filter(id -> id < request.below()).limit(request.count()));
      boolean exhausted = ids.length < request.count();
      return new OutboxPage(request.creatorId(), ids, exhausted, outbox.size());
    }
    long[] found = ids(outbox.stream().skip(request.rank()).limit(request.count()));
    return new OutboxPage(
        request.creatorId(),
        LongStream.of(found).filter(id -> id < request.below()).toArray(),
        found.length < request.count(),
        request.rank() + found.length);
  }

  private static long[] ids(Stream<Long> videoIds) {
    return videoIds.mapToLong(Long::longValue).toArray();
  }

  /** Returns entries below an id, down to the highest horizon. */
  private List<FeedEntry> expected(long[] creators, long below, int wanted) {
    List<FeedEntry> all = new ArrayList<>();
    long horizon = 0;
    for (long creator : creators) {
      List<Long> outbox = outboxes.getOrDefault(creator, List.of());
      List<Long> some = outbox.stream().filter(id -> id < below).toList();
      some.forEach(id -> all.add(new FeedEntry(id, creator)));
      if (outbox.size() == OUTBOX_ENTRIES) {
        horizon = Math.max(horizon, some.isEmpty() ? below : some.get(some.size() - 1));
      }
    }
    long last = horizon;
    return all.stream()
        .sorted(FeedEntry.NEWEST_FIRST)
        .limit(wanted)
        .filter(entry -> entry.videoId() >= last)
        .toList();
  }

  private void publishSome(long[] creators, Random random, int some) {
    for (int i = 0; i < some; i++) {
      // The first of them most often: of those more has to be read.
      int most = 1 + random.nextInt(creators.length);
      publish(creators[random.nextInt(1 + random.nextInt(most))]);
    }
  }

  @Property
  void newestVideosAreFoundDuringConcurrentPublishing(
      @ForAll @IntRange(min = 1, max = 40) int creators,
      @ForAll @IntRange(min = 1, max = 30) int wanted,
      @ForAll @IntRange(max = 150) int published,
      @ForAll boolean fromTop,
      @ForAll @IntRange(max = 12) int meanwhile,
      @ForAll long seed) {
    Random random = new Random(seed);
    long[] ids = LongStream.rangeClosed(1, creators).toArray();
    publishSome(ids, random, published);
    long below = fromTop ? Long.MAX_VALUE : 1 + random.nextInt(1 + published);
    List<FeedEntry> expected = expected(ids, below, wanted);

    OutboxMerge merge = new OutboxMerge(ids, below, wanted, OUTBOX_ENTRIES);
    int rounds = 0;
    while (!merge.missing().isEmpty()) {
      merge.missing().stream().map(this::answer).toList().forEach(merge::add);
      // A full outbox that loses what was not read yet loses it for the reader, too.
      boolean room =
          outboxes.values().stream().allMatch(b -> b.size() + meanwhile < OUTBOX_ENTRIES);
      if (rounds == 0 && room) {
        publishSome(ids, random, meanwhile);
      }
      assertThat(++rounds).isLessThan(20);
    }

    assertThat(merge.entries()).isEqualTo(expected);
    assertThat(merge.isDegraded()).isFalse();
  }

  @Example
  void readsGoDeeperIfAllVideosAreNewer() {
    for (int i = 0; i < 6; i++) {
      publish(1);
    }
    OutboxRequest next = OutboxRequest.newest(1, 2).deeper(answer(OutboxRequest.newest(1, 2)), 2);
    publish(1);
    publish(1);
    OutboxPage known = answer(next);
    assertThat(known.videoIds()).isEmpty();

    assertThat(answer(next.deeper(known, 2)).videoIds()).containsExactly(4, 3);
  }

  @Example
  void timedOutMergeIsDegradedAndReturnsPartialResult() {
    publish(1);
    publish(2);
    OutboxMerge merge = new OutboxMerge(new long[] {1, 2}, Long.MAX_VALUE, 5, OUTBOX_ENTRIES);
    merge.add(answer(merge.missing().get(0)));
    merge.giveUp();

    assertThat(merge.missing()).isEmpty();
    assertThat(merge.entries()).containsExactly(new FeedEntry(1, 1));
    assertThat(merge.isDegraded()).isTrue();
  }

  @Example
  void pagesOutOfOrderAreRejected() {
    OutboxMerge merge = new OutboxMerge(new long[] {1, 2}, Long.MAX_VALUE, 5, OUTBOX_ENTRIES);

    assertThatThrownBy(() -> merge.add(answer(merge.missing().get(1))))
        .hasMessage("outbox of 2 (expected: of 1)");
  }
}
