package dev.upswell.local.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.upswell.contract.EventType;
import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import dev.upswell.local.check.TrendModel.Place;
import dev.upswell.local.events.CollectedEvents;
import dev.upswell.local.events.EventSink;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendModelTest {
  /** The start of a day. */
  private static final long T0 = 20_000L * 24 * ViewLedger.HOUR;

  private static final long HALF_LIFE = 15 * ViewLedger.MINUTE;

  /** After the minute in which viewers do not count yet. */
  private static final long THEN = T0 + 70_000;

  private final TrendLedger ledger = new TrendLedger();
  private final CollectedEvents passedOn = new CollectedEvents();
  private final EventSink sink = ledger.before(passedOn);

  private void watch(long video, int from, int viewers) {
    for (int viewer = from; viewer < from + viewers; viewer++) {
      sink.send(
          EventType.VIEWS,
          View.newBuilder()
              .setViewerId(viewer)
              .setVideoId(video)
              .setCreatorId(viewer)
              .setViewedAt(T0)
              .setRegion(viewer % 2 == 0 ? "br" : "BR")
              .setDevice(viewer % 2 == 0 ? "iOS" : "ios")
              .build());
    }
  }

  private void engage(Engagement.Type type) {
    sink.send(
        EventType.ENGAGEMENTS,
        Engagement.newBuilder().setViewerId(1).setVideoId(11).setType(type).setAt(T0).build());
  }

  private void say(long video, Video.Type type) {
    sink.send(
        EventType.VIDEOS,
        Video.newBuilder()
            .setVideoId(video)
            .setCreatorId(video / 10)
            .setType(type)
            .setCategory("Food")
            .setAt(T0)
            .build());
  }

  private List<Long> list(String scope, long at) {
    return new TrendModel(ledger, at)
        .lists().getOrDefault(scope, List.of()).stream().map(Place::videoId).toList();
  }

  @Test
  void listsRankVideosWithEnoughViewersByEngagement() {
    watch(11, 1, 20);
    watch(12, 1, 30);
    watch(13, 1, 14);
    watch(14, 1, 40);
    for (long video = 11; video <= 13; video++) {
      say(video, Video.Type.PUBLISHED);
    }

    for (String scope : List.of("global", "region:BR", "device:ios/region:BR/daypart:night")) {
      assertThat(list(scope, THEN)).as(scope).containsExactly(12L, 11L);
    }
    assertThat(list("region:BR/category:food", THEN)).containsExactly(12L, 11L);
    assertThat(list("global", T0 + 60_000)).as("viewers count a minute later").isEmpty();
    assertThat(list("global", THEN + HALF_LIFE)).as("half as many viewers").containsExactly(12L);
    assertThat(passedOn.of(EventType.VIEWS)).hasSize(104);
  }

  @Test
  void viewsPerViewerAreCappedAndLikesWeighted() {
    say(11, Video.Type.PUBLISHED);
    watch(11, 1, 20);
    for (int again = 0; again < 4; again++) {
      watch(11, 1, 1);
      engage(Engagement.Type.LIKE);
      engage(Engagement.Type.UNLIKE);
      engage(Engagement.Type.LIKE);
    }
    Place place = new TrendModel(ledger, THEN).lists().get("global").get(0);
    // Six slots later: nineteen viewers of one play, one of three, and a like.
    assertThat(place.engagement()).isCloseTo((22 + 3) * Math.pow(0.5, 6 / 90.0), within(1e-9));
    assertThat(place.views()).isCloseTo(24 * Math.pow(0.5, 6 / 90.0), within(1e-9));
    assertThat(place.viewers()).isEqualTo(20);
  }

  @Test
  void listsExcludeFarmsRemovedVideosAndASixthOfACreator() {
    say(21, Video.Type.PUBLISHED);
    for (int play = 0; play < 4; play++) {
      watch(21, 1, 20);
    }
    watch(31, 1, 20);
    say(31, Video.Type.REMOVED);
    say(31, Video.Type.PUBLISHED);
    for (int video = 41; video < 47; video++) {
      say(video, Video.Type.PUBLISHED);
      watch(video, 1, 20 + video);
    }
    assertThat(list("global", THEN)).containsExactly(46L, 45L, 44L, 43L, 42L);
  }
}
