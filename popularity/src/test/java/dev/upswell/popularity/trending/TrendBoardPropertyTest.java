package dev.upswell.popularity.trending;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TrendBoardPropertyTest {
  private static final TrendingSettings SETTINGS = Boards.FEW;

  @Property(tries = 100)
  void orderWithinASlotDoesNotMatter(@ForAll long seed) {
    TrendBoard board = Boards.board(SETTINGS);
    TrendBoard shuffled = Boards.board(SETTINGS);
    Random random = new Random(seed);
    int slot = Boards.T0;
    for (List<Boards.Event> now : Boards.history(seed)) {
      for (Boards.Event event : now) {
        event.addTo(board, slot);
      }
      List<Boards.Event> other = new ArrayList<>(now);
      Collections.shuffle(other, random);
      for (Boards.Event event : other) {
        event.addTo(shuffled, slot);
      }
      assertThat(Boards.byScope(shuffled.lists(slot))).isEqualTo(Boards.byScope(board.lists(slot)));
      slot++;
    }
  }

  @Property(tries = 100)
  void frequencyOfReadsEvictionAndPackingDoesNotMatter(@ForAll long seed) throws Exception {
    TrendBoard board = Boards.board(SETTINGS);
    TrendBoard other = Boards.board(SETTINGS);
    Map<Long, Map<Long, byte[]>> kept = new TreeMap<>();
    Random random = new Random(seed);
    int slot = Boards.T0;
    for (List<Boards.Event> now : Boards.history(seed)) {
      // Days pass in some histories, so that videos are forgotten.
      slot += random.nextInt(4) == 0 ? random.nextInt(30_000) : 1;
      for (Boards.Event event : now) {
        event.addTo(board, slot);
        event.addTo(other, slot);
      }
      if (random.nextInt(3) == 0) {
        other.evict(slot);
      }
      if (random.nextInt(3) == 0) {
        other.packChanged((creator, video, packed) -> keep(kept, creator, video, packed));
        other = restored(kept, slot - random.nextInt(3));
      }
      assertThat(Boards.byScope(other.lists(slot))).isEqualTo(Boards.byScope(board.lists(slot)));
    }
    other.evict(slot + 1_000_000);
    other.packChanged((creator, video, packed) -> keep(kept, creator, video, packed));
    assertThat(other.size()).isZero();
    assertThat(kept.values()).allSatisfy(videos -> assertThat(videos).isEmpty());
  }

  private static void keep(
      Map<Long, Map<Long, byte[]>> kept, long creator, long video, Optional<byte[]> packed) {
    Map<Long, byte[]> videos = kept.computeIfAbsent(creator, unknown -> new TreeMap<>());
    if (packed.isPresent()) {
      videos.put(video, packed.get());
    } else {
      videos.remove(video);
    }
  }

  private static TrendBoard restored(Map<Long, Map<Long, byte[]>> kept, int slot) {
    TrendBoard board = Boards.board(SETTINGS);
    kept.forEach(
        (creator, videos) ->
            videos.forEach((video, packed) -> board.restore(creator, video, packed, slot)));
    return board;
  }

  @Property(tries = 200)
  void mergedListsOfPartsEqualTheListsOfAll(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int n) {
    TrendBoard all = Boards.board(SETTINGS);
    List<TrendBoard> parts = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      parts.add(Boards.board(SETTINGS));
    }
    int slot = Boards.T0;
    for (List<Boards.Event> now : Boards.history(seed)) {
      for (Boards.Event event : now) {
        event.addTo(all, slot);
        event.addTo(parts.get((int) (event.creatorId() * 31 % n)), slot);
      }
      Map<String, List<ScopeLists>> ofParts = new HashMap<>();
      for (TrendBoard part : parts) {
        for (ScopeLists lists : part.lists(slot)) {
          ofParts.computeIfAbsent(lists.scope(), unknown -> new ArrayList<>()).add(lists);
        }
      }
      Map<String, ScopeLists> merged = new HashMap<>();
      ofParts.forEach((scope, lists) -> merged.put(scope, ScopeLists.merge(lists, SETTINGS)));
      assertThat(merged).isEqualTo(Boards.byScope(all.lists(slot)));
      slot++;
    }
  }
}
