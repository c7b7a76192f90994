package dev.upswell.trending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.TrendingList;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import dev.upswell.popularity.trending.Slots;
import dev.upswell.popularity.trending.TrendingSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Creator, category, visibility and existence of videos in lists come from their records. */
class TrendingVideosTest {
  /** The start of an hour in the last part of a day. */
  private static final int T0 = 20_000 * 24 * Slots.PER_HOUR + 23 * Slots.PER_HOUR;

  private static final int MIDNIGHT = T0 + Slots.PER_HOUR;
  private static final long VIDEO = 7;
  private static final long CREATOR = 70;
  private static final long OTHER_CREATOR = 71;
  private static final String EVENING = "device:ios/region:BR/daypart:evening";

  private TrendingChain chain;

  @BeforeEach
  void start() throws Exception {
    chain = new TrendingChain(TrendingSettings.defaults(), 3, 2);
  }

  @AfterEach
  void stop() throws Exception {
    chain.close();
  }

  private void watch(long video, int slot) throws Exception {
    for (long viewer = 1; viewer <= 40; viewer++) {
      chain.view(
          View.newBuilder()
              .setViewerId(1_000L * (slot % 100_000) + viewer)
              .setVideoId(video)
              .setCreatorId(1_000 + viewer)
              .setViewedAt(slot * Slots.MILLIS)
              .setRegion("BR")
              .setDevice("iOS")
              .build());
    }
  }

  private static Video.Builder video(long video, long creator, int slot) {
    return Video.newBuilder()
        .setVideoId(video)
        .setCreatorId(creator)
        .setType(Video.Type.PUBLISHED)
        .setAt(slot * Slots.MILLIS);
  }

  private void publish(long video, int slot) throws Exception {
    chain.say(video(video, CREATOR, slot).build());
  }

  private void remove(long video, long creator, int slot) throws Exception {
    chain.say(video(video, creator, slot).setType(Video.Type.REMOVED).build());
  }

  private TrendingList last(String scope) {
    NavigableMap<Long, TrendingList> lists = chain.published().get(scope);
    return lists == null ? TrendingList.getDefaultInstance() : lists.lastEntry().getValue();
  }

  private List<Long> top(String scope) {
    return last(scope).getTopList().stream().map(TrendingList.Entry::getVideoId).toList();
  }

  @Test
  void creatorsThatViewsNameAreIgnored() throws Exception {
    publish(VIDEO, T0);
    watch(VIDEO, T0);
    chain.pass(T0 + 10);

    assertThat(last("global").getTopList())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.getCreatorId()).isEqualTo(CREATOR);
              assertThat(entry.getViewers()).isEqualTo(40);
            });
  }

  @Test
  void videosWithoutAPublicationAreInNoList() throws Exception {
    watch(VIDEO, T0);
    chain.pass(T0 + 10);
    assertThat(chain.published()).isEmpty();
  }

  @Test
  void countsBeforeThePublicationAreAddedInTheirSlots() throws Exception {
    publish(8, T0);
    for (int slot = T0; slot < T0 + 100; slot++) {
      watch(VIDEO, slot);
      watch(8, slot);
      chain.pass(slot);
    }
    publish(VIDEO, T0);
    chain.pass(T0 + 100);

    Map<Long, TrendingList.Entry> entries =
        last("region:BR").getTopList().stream()
            .collect(Collectors.toMap(TrendingList.Entry::getVideoId, entry -> entry));
    assertThat(entries).containsOnlyKeys(VIDEO, 8L);
    assertThat(entries.get(VIDEO).getEngagement()).isEqualTo(entries.get(8L).getEngagement());
    assertThat(entries.get(VIDEO).getDeviation()).isEqualTo(entries.get(8L).getDeviation());
  }

  @Test
  void countsOfAnHourBeforeThePublicationAreDropped() throws Exception {
    watch(VIDEO, T0);
    chain.pass(T0 + Slots.PER_HOUR + 1);
    publish(VIDEO, T0);
    chain.pass(T0 + Slots.PER_HOUR + 10);
    assertThat(chain.published()).isEmpty();
  }

  @Test
  void pendingCountsSurviveRescaling() throws Exception {
    watch(VIDEO, T0);
    chain.pass(T0);
    chain.restore(chain.save(1), 3);
    publish(VIDEO, T0);
    chain.pass(T0 + 10);
    assertThat(top("global")).containsExactly(VIDEO);
  }

  @Test
  void removalsCountBeforeThePublicationAndUnderAnyCreator() throws Exception {
    remove(VIDEO, OTHER_CREATOR, T0 + 5);
    publish(VIDEO, T0);
    watch(VIDEO, T0);
    publish(8, T0);
    watch(8, T0);
    chain.pass(T0 + 10);
    assertThat(top("global")).containsExactly(8L);
    remove(8, OTHER_CREATOR, T0);
    chain.pass(T0 + 11);
    assertThat(top("global")).isEmpty();
    chain.restore(chain.save(1), 1);
    watch(8, T0 + 12);
    chain.pass(T0 + 20);
    assertThat(top("global")).isEmpty();
  }

  @Test
  void onlyPublicVideosAreListed() throws Exception {
    publish(VIDEO, T0);
    watch(VIDEO, T0);
    chain.pass(T0 + 10);
    chain.say(video(VIDEO, CREATOR, T0 + 1).setVisibility(Video.Visibility.FOLLOWERS).build());
    chain.pass(T0 + 11);
    assertThat(top("global")).isEmpty();
    chain.restore(chain.save(1), 3);
    chain.pass(T0 + 12);
    assertThat(top("global")).isEmpty();
    publish(VIDEO, T0 + 2);
    chain.pass(T0 + 13);
    assertThat(top("global")).containsExactly(VIDEO);
  }

  @Test
  void changesPrecedeCountsThatWaitForTheirSlot() throws Exception {
    publish(VIDEO, T0);
    watch(VIDEO, T0 + 2);
    // Emits the counts, which wait in the scores.
    chain.pass(T0 + 1);
    remove(VIDEO, CREATOR, T0 + 1);
    chain.pass(T0 + 20);
    assertThat(chain.published()).isEmpty();
  }

  @Test
  void videosWithAnEarlierPublicationChangeTheirCreator() throws Exception {
    publish(VIDEO, T0);
    watch(VIDEO, T0);
    chain.pass(T0 + 10);
    chain.say(video(VIDEO, OTHER_CREATOR, T0 - 1).build());
    chain.pass(T0 + 11);
    assertThat(top("global")).isEmpty();
    watch(VIDEO, T0 + 370);
    chain.pass(T0 + 380);
    assertThat(last("global").getTopList())
        .singleElement()
        .satisfies(entry -> assertThat(entry.getCreatorId()).isEqualTo(OTHER_CREATOR));
  }

  @Test
  void videosAreUnknownAfterTheLifetimeOfTheirState() throws Exception {
    publish(VIDEO, T0);
    chain.say(video(8, CREATOR, T0).setVisibility(Video.Visibility.PRIVATE).build());
    Duration half = TrendingChain.METADATA_TTL.dividedBy(2).plusMinutes(1);
    chain.advance(half);
    chain.pass(T0);
    // Counts renew the lifetime.
    watch(VIDEO, T0 + 1);
    chain.pass(T0 + 1);
    chain.advance(half.multipliedBy(2));
    chain.pass(T0 + 2);
    watch(VIDEO, T0 + 400);
    watch(8, T0 + 400);
    chain.pass(T0 + 410);
    assertThat(top("global")).containsExactly(VIDEO);
    chain.advance(half.multipliedBy(5));
    chain.pass(T0 + 411);
    watch(VIDEO, T0 + 800);
    chain.pass(T0 + 810);
    assertThat(top("global")).isEmpty();
  }

  @Test
  void removedVideosLeaveListsOfEndedDayParts() throws Exception {
    publish(VIDEO, T0);
    chain.say(video(8, OTHER_CREATOR, T0).build());
    watch(VIDEO, MIDNIGHT - 12);
    watch(8, MIDNIGHT - 12);
    chain.pass(MIDNIGHT - 3);
    assertThat(top(EVENING)).containsExactly(8L, VIDEO);
    chain.pass(MIDNIGHT + 3);
    TrendingChain.Saved saved = chain.save(1);
    chain.restore(saved, 3);
    remove(VIDEO, OTHER_CREATOR, MIDNIGHT + 3);
    chain.pass(MIDNIGHT + 4);
    assertThat(top(EVENING)).containsExactly(8L);
    assertThat(last(EVENING).getEntriesList())
        .extracting(TrendingList.Entry::getVideoId)
        .containsExactly(8L);
    chain.restore(chain.save(2), 1);
    remove(8, CREATOR, MIDNIGHT + 4);
    chain.pass(MIDNIGHT + 5);
    assertThat(top(EVENING)).isEmpty();
  }

  @Test
  void videosRemovedInTheLastSlotLeaveEndedLists() throws Exception {
    publish(VIDEO, T0);
    publish(8, T0);
    watch(VIDEO, MIDNIGHT - 12);
    watch(8, MIDNIGHT - 12);
    chain.pass(MIDNIGHT - 1);
    remove(VIDEO, OTHER_CREATOR, MIDNIGHT - 1);
    chain.pass(MIDNIGHT);
    chain.pass(MIDNIGHT + 1);
    assertThat(top(EVENING)).containsExactly(8L);
  }

  @Test
  void categoriesAreOneInAnyCase() throws Exception {
    chain.say(video(VIDEO, CREATOR, T0).setCategory("Comedy").build());
    chain.say(video(8, OTHER_CREATOR, T0).setCategory("comedy").build());
    watch(VIDEO, T0);
    watch(8, T0);
    chain.pass(T0 + 10);
    assertThat(top("region:BR/category:comedy")).containsExactly(8L, VIDEO);
  }

  @Test
  void withdrawalsAfterTheTurnOfAnHourTakeLikesBack() throws Exception {
    publish(VIDEO, T0);
    publish(8, T0);
    for (long video : new long[] {VIDEO, 8}) {
      watch(video, MIDNIGHT - 6);
    }
    for (long viewer = 1; viewer <= 40; viewer++) {
      like(viewer, VIDEO, Engagement.Type.LIKE, MIDNIGHT - 6);
    }
    chain.pass(MIDNIGHT);
    for (long viewer = 1; viewer <= 40; viewer++) {
      like(viewer, VIDEO, Engagement.Type.UNLIKE, MIDNIGHT + 6);
    }
    chain.pass(MIDNIGHT + 10);
    List<TrendingList.Entry> entries = last("global").getTopList();
    assertThat(entries).hasSize(2);
    assertThat(entries.get(0).getEngagement())
        .isCloseTo(entries.get(1).getEngagement(), within(1e-3));
  }

  private void like(long viewer, long video, Engagement.Type type, int slot) throws Exception {
    chain.engage(
        Engagement.newBuilder()
            .setViewerId(viewer)
            .setVideoId(video)
            .setCreatorId(1)
            .setType(type)
            .setAt(slot * Slots.MILLIS)
            .build());
  }
}
