package dev.upswell.trending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.TrendingList;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import dev.upswell.popularity.trending.Slots;
import dev.upswell.popularity.trending.TrendingSettings;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Checks the limits for bots with the default options. */
class TrendingSpamTest {
  private static final int T0 = 20_000 * 24 * Slots.PER_HOUR;
  private static final int PLAYS = 3;
  private static final int SLOTS = 60;
  private static final int VIEWS = 50_000;
  private static final long FARMED = 5;

  private static View view(long viewer, long video, int slot) {
    return View.newBuilder()
        .setViewerId(viewer)
        .setVideoId(video)
        .setCreatorId(video)
        .setViewedAt(slot * Slots.MILLIS)
        .setRegion("BR")
        .setDevice("ios")
        .build();
  }

  private static Video video(long video) {
    return Video.newBuilder()
        .setVideoId(video)
        .setCreatorId(video)
        .setType(Video.Type.PUBLISHED)
        .setAt((T0 - 1) * Slots.MILLIS)
        .build();
  }

  /** Ten minutes in which a video is played fifty thousand times, beside one that people watch. */
  private static TrendingChain played(int viewers) throws Exception {
    TrendingChain chain = new TrendingChain(TrendingSettings.defaults(), PLAYS, 2);
    chain.say(video(FARMED));
    chain.say(video(7));
    Random random = new Random(1);
    for (int slot = 0; slot < SLOTS; slot++) {
      for (int i = 0; i < VIEWS / SLOTS; i++) {
        chain.view(view(1L + (slot * (VIEWS / SLOTS) + i) % viewers, FARMED, T0 + slot));
      }
      for (int i = 0; i < 10; i++) {
        chain.view(view(1_000_000L + random.nextInt(100_000), 7, T0 + slot));
      }
      chain.pass(T0 + slot);
    }
    return chain;
  }

  private static boolean isEverListed(TrendingChain chain, long video) {
    return chain.published().values().stream()
        .flatMap(lists -> lists.values().stream())
        .anyMatch(
            list ->
                list.getEntriesList().stream().anyMatch(entry -> entry.getVideoId() == video)
                    || list.getTopList().stream().anyMatch(entry -> entry.getVideoId() == video));
  }

  @Test
  void videosOfBotFarmsAreInNoList() throws Exception {
    try (TrendingChain chain = played(1_000)) {
      assertThat(isEverListed(chain, FARMED)).isFalse();
      assertThat(isEverListed(chain, 7)).isTrue();
    }
  }

  @Test
  void videosWithFiftyThousandViewersAreListed() throws Exception {
    try (TrendingChain chain = played(50_000)) {
      assertThat(chain.published())
          .containsOnlyKeys("global", "region:BR", "device:ios/region:BR/daypart:night")
          .allSatisfy(
              (scope, lists) -> {
                assertThat(lists.lastEntry().getValue().getEntries(0).getVideoId())
                    .isEqualTo(FARMED);
                assertThat(lists.lastEntry().getValue().getTop(0).getVideoId()).isEqualTo(FARMED);
              });
    }
  }

  @Test
  void likesCountAsTheyEndAndReportsLowerTheScore() throws Exception {
    try (TrendingChain chain = new TrendingChain(TrendingSettings.defaults(), PLAYS, 1)) {
      for (long video = 1; video <= 3; video++) {
        chain.say(video(video));
      }
      for (long viewer = 1; viewer <= 100; viewer++) {
        for (long video : new long[] {1, 2, 3}) {
          chain.view(view(viewer, video, T0));
        }
        for (int again = 0; again < 5; again++) {
          chain.engage(engagement(viewer, 1, Engagement.Type.LIKE));
          chain.engage(engagement(viewer, 1, Engagement.Type.UNLIKE));
          chain.engage(engagement(viewer, 1, Engagement.Type.LIKE));
          chain.engage(engagement(viewer, 2, Engagement.Type.LIKE));
          chain.engage(engagement(viewer, 2, Engagement.Type.UNLIKE));
        }
      }
      for (long viewer = 1; viewer <= 4; viewer++) {
        chain.engage(engagement(viewer, 3, Engagement.Type.REPORT));
        chain.engage(engagement(viewer, 3, Engagement.Type.UNLIKE));
      }
      chain.pass(T0 + 6);
      double left = Math.pow(0.5, 1 / 15.0);
      TrendingList list = chain.published().get("global").lastEntry().getValue();
      assertThat(list.getTopList())
          .extracting(TrendingList.Entry::getVideoId)
          .containsExactly(1L, 2L, 3L);
      assertThat(list.getTopList())
          .extracting(TrendingList.Entry::getEngagement)
          .satisfiesExactly(
              liked -> assertThat(liked).isCloseTo(400 * left, within(1e-3)),
              watched -> assertThat(watched).isCloseTo(100 * left, within(1e-3)),
              reported -> assertThat(reported).isCloseTo(20 * left, within(1e-3)));
    }
  }

  @Test
  void viewersOfTwoHoursAreCountedOnce() throws Exception {
    try (TrendingChain chain = new TrendingChain(TrendingSettings.defaults(), PLAYS, 2)) {
      chain.say(video(7));
      int turn = T0 + Slots.PER_HOUR;
      for (int slot : new int[] {turn - 6, turn + 6}) {
        for (long viewer = 1; viewer <= 10; viewer++) {
          chain.view(view(viewer, 7, slot));
        }
        chain.pass(slot);
      }
      chain.pass(turn + 30);
      assertThat(isEverListed(chain, 7)).isFalse();
    }
  }

  private static Engagement engagement(long viewer, long video, Engagement.Type type) {
    return Engagement.newBuilder()
        .setViewerId(viewer)
        .setVideoId(video)
        .setCreatorId(video)
        .setAt(T0 * Slots.MILLIS)
        .setType(type)
        .build();
  }

  @Test
  void removedVideosLeaveTheNextListForGood() throws Exception {
    try (TrendingChain chain = played(50_000)) {
      Video removed =
          Video.newBuilder()
              .setVideoId(FARMED)
              .setCreatorId(FARMED + 1)
              .setType(Video.Type.REMOVED)
              .setAt(1)
              .build();
      chain.say(removed);
      chain.say(
          removed.toBuilder().setType(Video.Type.PUBLISHED).setAt(Long.MAX_VALUE / 2).build());
      chain.pass(T0 + SLOTS);
      assertThat(chain.published().values())
          .allSatisfy(
              lists -> {
                TrendingList last = lists.lastEntry().getValue();
                assertThat(last.getTopList())
                    .extracting(TrendingList.Entry::getVideoId)
                    .doesNotContain(FARMED);
              });
    }
  }
}
