package dev.upswell.viral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.upswell.contract.events.View;
import dev.upswell.popularity.Minutes;
import dev.upswell.popularity.ViewCount;
import dev.upswell.popularity.ViewerCounts;
import dev.upswell.views.source.ViewRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ViewCombinerTest {
  private static final long T0 = 1_780_000_020_000L;

  /** A view that comes. */
  record Seen(long video, long viewer, long at, int watchMs, boolean late) {
    ViewRecord record() {
      return ViewRecord.ofView(
          View.newBuilder()
              .setViewerId(viewer)
              .setVideoId(video)
              .setCreatorId(creator(video))
              .setViewedAt(at)
              .setWatchMs(watchMs)
              .build()
              .toByteArray(),
          late);
    }

    Key key() {
      return new Key(video, Minutes.of(at), late);
    }
  }

  /** Key of a separate count. */
  record Key(long video, int minute, boolean late) {}

  /** Counts in the plainest form. */
  private static final class Sums {
    int views;
    long watchMs;
    final Set<Long> viewers = new HashSet<>();
  }

  private static long creator(long video) {
    return 1 + video % 1_000;
  }

  @Provide
  Arbitrary<List<Seen>> history() {
    // Few and neighbouring ids and minutes, so that they meet; and the largest ids that there are.
    Arbitrary<Long> videos =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.longs().between(1, 12)),
            Tuple.of(1, Arbitraries.longs().between(1, Long.MAX_VALUE)));
    Arbitrary<Long> times =
        Arbitraries.longs().between(0, 3 * Minutes.MILLIS).map(after -> T0 + after);
    return Combinators.combine(
            videos,
            Arbitraries.longs().between(1, 30),
            times,
            Arbitraries.integers().between(0, Integer.MAX_VALUE),
            Arbitraries.of(false, false, true))
        .as(Seen::new)
        .list()
        .ofMaxSize(300);
  }

  @Property(tries = 300)
  void countsEqualThoseOfAHashMapAtAnySize(
      @ForAll("history") List<Seen> history, @ForAll @IntRange(min = 1, max = 40) int most) {
    ViewCombiner table = new ViewCombiner(most);
    Map<Key, Sums> expected = new HashMap<>();
    for (Seen seen : history) {
      table.add(seen.record());
      Sums sums = expected.computeIfAbsent(seen.key(), key -> new Sums());
      sums.views++;
      sums.watchMs += seen.watchMs();
      sums.viewers.add(seen.viewer());
      assertThat(table.isFull()).isEqualTo(expected.size() >= most);
      if (table.isFull()) {
        check(table, expected);
        expected.clear();
      }
    }
    check(table, expected);
  }

  private static void check(ViewCombiner table, Map<Key, Sums> expected) {
    Map<Key, ViewCount> found = new HashMap<>();
    for (ViewCount count : drained(table)) {
      Key key = new Key(count.videoId(), count.minute(), count.late());
      assertThat(found.put(key, count)).as("emitted twice: %s", key).isNull();
    }
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (key, sums) -> {
          ViewCount count = found.get(key);
          assertThat(count.views()).isEqualTo(sums.views);
          assertThat(count.watchMs()).isEqualTo(sums.watchMs);
          assertThat(ViewerCounts.count(count.viewers())).isEqualTo(sums.viewers.size());
        });
    assertThat(drained(table)).as("what is left when it was drained").isEmpty();
    assertThat(table.isFull()).isFalse();
  }

  @Test
  void viewersCountOnceInsideAndOutsideTheTable() {
    for (int viewers = 1; viewers <= 256; viewers++) {
      ViewCombiner table = new ViewCombiner(10);
      for (int i = 0; i < 3 * viewers; i++) {
        table.add(new Seen(1, 1 + i % viewers, T0, 10, false).record());
      }
      ViewCount count = drained(table).get(0);
      assertThat(count.views()).isEqualTo(3 * viewers);
      assertThat(ViewerCounts.count(count.viewers())).isEqualTo(viewers);
    }
  }

  private static List<ViewCount> drained(ViewCombiner table) {
    List<ViewCount> counts = new ArrayList<>();
    table.forEach(counts::add);
    table.clear();
    return counts;
  }

  @Test
  void tableIsFullAtTheMaximumOfEntries() {
    for (int most : new int[] {1, 2, 3, 1_000, 131_072}) {
      ViewCombiner table = new ViewCombiner(most);
      Seen seen = new Seen(1, 1, T0, 10, false);
      for (int video = 1; video <= most; video++) {
        assertThat(table.isFull()).as("%d of %d", video, most).isFalse();
        seen = new Seen(video, 1, T0, 10, false);
        table.add(seen.record());
        table.add(seen.record());
      }
      assertThat(table.isFull()).isTrue();
      assertThat(drained(table)).hasSize(most).allMatch(count -> count.views() == 2);
    }
  }

  @Test
  void lateViewsAreCountedSeparately() {
    ViewCombiner table = new ViewCombiner(10);
    table.add(new Seen(1, 1, T0, 10, false).record());
    table.add(new Seen(1, 2, T0, 20, true).record());
    table.add(new Seen(1, 3, T0, 40, true).record());
    assertThat(drained(table))
        .extracting(ViewCount::late, ViewCount::views, ViewCount::watchMs)
        .containsExactlyInAnyOrder(tuple(false, 1, 10L), tuple(true, 2, 60L));
  }
}
