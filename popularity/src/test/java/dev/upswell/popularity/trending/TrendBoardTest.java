package dev.upswell.popularity.trending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrendBoardTest {
  private static final int T0 = Boards.T0;
  private static final TrendingSettings SETTINGS = TrendingSettings.defaults();

  private final TrendBoard board = new TrendBoard(SETTINGS, Boards.ORIGINS);

  private static VideoMetadata of(long creator) {
    return VideoMetadata.of(creator, "", false);
  }

  private void add(long creator, TrendCount count, int slot) {
    board.add(board.video(count.videoId(), of(creator)), count, slot);
  }

  private void steady(long creator, long video, int from, int slots, int each) {
    for (int slot = from; slot < from + slots; slot++) {
      add(creator, Boards.views(video, slot, "BR", each), slot);
    }
  }

  private ScopeLists lists(String scope, int slot) {
    return Boards.byScope(board.lists(slot)).get(scope);
  }

  @Test
  void steadyVideosAreTopButNotRising() {
    steady(1, 100, T0, 4 * Slots.PER_HOUR, 10);
    ScopeLists global = lists("global", T0 + 4 * Slots.PER_HOUR - 1);
    assertThat(global.rising()).isEmpty();
    assertThat(global.top())
        .singleElement()
        .satisfies(
            top ->
                assertThat(top.baseline()).isCloseTo(top.engagement(), within(top.baseline() / 9)));
  }

  @Test
  void videosWithTripledViewsRiseWithinAMinute() {
    steady(1, 100, T0, 4 * Slots.PER_HOUR, 10);
    int surge = T0 + 4 * Slots.PER_HOUR;
    steady(1, 100, surge, 6, 30);
    assertThat(lists("global", surge + 5).rising()).extracting(Candidate::videoId).contains(100L);
    assertThat(lists("region:BR", surge + 5).rising()).isNotEmpty();
  }

  @Test
  void newVideosOfPopularCreatorsHaveAHighBaseline() {
    steady(1, 100, T0, 2 * Slots.PER_HOUR, 50);
    int slot = T0 + 2 * Slots.PER_HOUR;
    steady(1, 101, slot, 6, 50);
    steady(2, 200, slot, 6, 50);
    List<Candidate> rising = lists("global", slot + 5).rising();
    assertThat(rising.get(0).videoId()).isEqualTo(200);
    assertThat(rising.stream().filter(c -> c.videoId() == 101))
        .allSatisfy(c -> assertThat(c.score()).isLessThan(rising.get(0).score() / 2));
  }

  @Test
  void likesWithoutViewsDoNotCountAndReportsLowerTheScore() {
    steady(1, 100, T0, 6, 50);
    steady(2, 200, T0, 6, 50);
    add(1, Boards.engagement(100, T0 + 5, 1_000_000, 0), T0 + 5);
    add(2, Boards.engagement(200, T0 + 5, 0, 100), T0 + 5);
    add(3, Boards.engagement(300, T0 + 5, 1_000_000, 0), T0 + 5);
    ScopeLists global = lists("global", T0 + 5);
    Map<Long, Candidate> top = new HashMap<>();
    global.top().forEach(candidate -> top.put(candidate.videoId(), candidate));
    assertThat(top).containsOnlyKeys(100L, 200L);
    double views = top.get(200L).views();
    assertThat(top.get(100L).engagement()).isCloseTo(views * 14, within(1e-6));
    assertThat(top.get(200L).engagement()).isCloseTo(views - 100, within(1e-6));
  }

  @Test
  void botFarmsAreInNoListButFiftyThousandViewersAre() {
    // 50 plays by each of 1,000 viewers, capped at 3 per viewer.
    int origin = Boards.ORIGINS.of("BR", "ios", T0);
    add(1, new TrendCount(100, T0, 0, origin, 3_000, 50_000, 1_000, 0, 0), T0);
    assertThat(board.lists(T0)).isEmpty();
    add(2, new TrendCount(200, T0, 0, origin, 50_000, 50_000, 50_000, 0, 0), T0);
    assertThat(Boards.byScope(board.lists(T0)))
        .containsOnlyKeys("global", "region:BR", "device:ios/region:BR/daypart:evening")
        .allSatisfy(
            (scope, lists) -> {
              assertThat(lists.rising()).extracting(Candidate::videoId).containsExactly(200L);
              assertThat(lists.top()).extracting(Candidate::videoId).containsExactly(200L);
            });
  }

  @Test
  void removedVideosLeaveAndCategorizedOnesAreInTheirList() {
    steady(1, 100, T0, 6, 50);
    board.learn(100, VideoMetadata.of(1, "Comedy", false));
    assertThat(lists("region:BR/category:comedy", T0 + 5).top()).hasSize(1);
    board.learn(100, VideoMetadata.of(1, "comedy", true));
    assertThat(board.lists(T0 + 5)).isEmpty();
  }

  @Test
  void segmentsAreListedInTheirDayPartOnly() {
    int midnight = Math.floorDiv(T0, 24 * Slots.PER_HOUR) * 24 * Slots.PER_HOUR;
    steady(1, 100, midnight - 6, 6, 50);
    assertThat(lists("device:ios/region:BR/daypart:evening", midnight - 1)).isNotNull();
    steady(1, 100, midnight, 1, 50);
    assertThat(Boards.byScope(board.lists(midnight)))
        .containsKeys("global", "region:BR", "device:ios/region:BR/daypart:night")
        .doesNotContainKey("device:ios/region:BR/daypart:evening");
  }

  @Test
  void withdrawnLikesTakeBackWhatIsLeftOfThem() {
    int later = T0 + 45 * 6;
    for (long video : new long[] {100, 200}) {
      steady(video, video, T0, 1, 1_000);
      add(video, Boards.engagement(video, T0, 300, 0), T0);
    }
    add(100, new TrendCount(100, later, later - T0, 0, 0, 0, 0, -300, 0), later);
    add(200, new TrendCount(200, later, later - T0, 0, 0, 0, 0, -150, 0), later);

    List<Candidate> top = lists("global", later).top();
    double left = Math.pow(0.5, 3);
    assertThat(top).extracting(Candidate::videoId).containsExactly(200L, 100L);
    assertThat(top.get(0).engagement()).isCloseTo(1_150 * left, within(1e-3));
    assertThat(top.get(1).engagement()).isCloseTo(1_000 * left, within(1e-3));
  }

  @Test
  void withdrawalsBeyondTheLikesTakeNothingFromLaterOnes() {
    steady(1, 100, T0, 1, 1_000);
    add(1, Boards.engagement(100, T0, -900, 0), T0);
    add(1, Boards.engagement(100, T0 + 1, 30, 0), T0 + 1);

    double left = Math.pow(0.5, 1 / 90.0);
    assertThat(lists("global", T0 + 1).top().get(0).engagement())
        .isCloseTo(1_000 * left + 30, within(1e-3));
  }

  @Test
  void videosThatMoveToAnotherCreatorBeginAgain() {
    steady(1, 100, T0, 6, 50);
    board.remove(1, 100);
    assertThat(board.lists(T0 + 5)).isEmpty();
    steady(2, 100, T0 + 6, 1, 50);
    assertThat(lists("global", T0 + 6).top())
        .singleElement()
        .satisfies(
            top -> {
              assertThat(top.creatorId()).isEqualTo(2);
              assertThat(top.views()).isEqualTo(50);
            });
  }

  @Test
  void metadataOfVideosWithoutSumsIsRestored() throws Exception {
    board.await(board.video(100, VideoMetadata.of(1, "comedy", true)));
    board.evict(T0 + 1_000_000);
    TrendBoard restored = new TrendBoard(SETTINGS, Boards.ORIGINS);
    board.packChanged(
        (creator, video, packed) -> restored.restore(creator, video, packed.orElseThrow(), T0));
    TrendCount count = Boards.views(100, T0, "BR", 50);
    restored.add(restored.find(1, 100).orElseThrow(), count, T0);
    assertThat(restored.lists(T0)).isEmpty();
    restored.learn(100, VideoMetadata.of(1, "comedy", false));
    assertThat(Boards.byScope(restored.lists(T0))).containsKey("region:BR/category:comedy");
  }
}
