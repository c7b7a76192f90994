package dev.upswell.popularity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upswell.contract.VideoState;
import dev.upswell.contract.events.Video;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class VideoViewsTest {
  private static final int LATENESS = 10;

  /** The start of an hour. */
  private static final int T0 = 29_000_040;

  private final VideoViews video = new VideoViews();
  private final List<HourTotals> closed = new ArrayList<>();

  VideoViewsTest() {
    video.describe(state(T0 * Minutes.MILLIS));
  }

  private static Video published(long at) {
    return Video.newBuilder()
        .setVideoId(1)
        .setCreatorId(7)
        .setType(Video.Type.PUBLISHED)
        .setAt(at)
        .build();
  }

  private static VideoState state(long publishedAt) {
    return VideoState.UNKNOWN.after(published(publishedAt));
  }

  private static ViewCount count(int minute, boolean late, long... viewers) {
    ViewerSet set = new ViewerSet();
    LongStream.of(viewers).forEach(viewer -> set.add(ViewerCounts.hash(viewer)));
    return new ViewCount(1, minute, viewers.length, viewers.length * 10L, set.pack(), late);
  }

  private static ViewCount count(int minute, long... viewers) {
    return count(minute, false, viewers);
  }

  private void readAgain() {
    video.read(video.toBytes());
  }

  @Test
  void hoursAreEmittedOnceAfterTheLatenessAndThenEvicted() {
    video.add(count(T0 + 5, 1, 2, 2));
    video.add(count(T0 + 59, 3));
    video.add(count(T0 + 61, 4));
    for (int minute = T0 + 5; minute < T0 + 60 + LATENESS - 1; minute++) {
      video.closeHours(minute, LATENESS, closed::add);
      readAgain();
    }
    assertThat(closed).isEmpty();
    video.closeHours(T0 + 60 + LATENESS - 1, LATENESS, closed::add);
    readAgain();
    video.closeHours(T0 + 60 + LATENESS, LATENESS, closed::add);

    assertThat(closed).hasSize(1);
    HourTotals hour = closed.get(0);
    assertThat(hour.hour()).isEqualTo(T0 / 60);
    assertThat(hour.views()).isEqualTo(4);
    assertThat(hour.watchMs()).isEqualTo(40);
    assertThat(ViewerCounts.count(hour.viewers())).isEqualTo(3);

    video.count(T0 + 300);
    video.closeHours(T0 + 300, LATENESS, closed::add);
    assertThat(closed).hasSize(2);
    assertThat(video.isEmpty()).isTrue();
  }

  @Test
  void viewsOfFinalHoursCountInTheRollingHourOnly() {
    video.add(count(T0 + 50, true, 1));
    assertThat(video.count(T0 + 75)).isEqualTo(1);
    video.closeHours(T0 + 200, LATENESS, closed::add);
    assertThat(closed).isEmpty();
    assertThat(video.count(T0 + 110)).isZero();
    assertThat(video.isEmpty()).isTrue();
  }

  @Test
  void distinctShareCoversTheHoursOfTheRollingHour() {
    video.add(count(T0 + 10, 1, 1, 1, 1));
    assertThat(video.distinctShare(T0 + 20)).isEqualTo(0.25);
    video.add(count(T0 + 70, 1, 2, 2, 2));
    // Two viewers of eight views, the first of them in both hours.
    assertThat(video.distinctShare(T0 + 80)).isEqualTo(0.25);
    assertThat(video.distinctShare(T0 + 130)).isEqualTo(0.5);
    assertThat(video.distinctShare(T0 + 200)).isZero();
  }

  @Test
  void youngVideosReturnViewsPerMinuteSincePublication() {
    video.describe(state(T0 * Minutes.MILLIS + 30_000));
    video.add(count(T0, 1));
    video.add(count(T0 + 3, 1, 2));
    assertThat(video.firstHour(T0 - 1)).isEmpty();
    assertThat(video.firstHour(T0 + 4)).hasValue(new int[] {1, 0, 0, 2, 0});
    assertThat(video.firstHour(T0 + 59).orElseThrow()).hasSize(60);
    assertThat(video.firstHour(T0 + 60)).isEmpty();
  }

  @Test
  void nextChangeIsAnExpiringMinuteOrClosingHour() {
    video.add(count(T0 + 30, 1));
    assertThat(video.nextChange(T0 + 30, LATENESS)).isEqualTo(T0 + 60 + LATENESS - 1);
    video.closeHours(T0 + 60 + LATENESS - 1, LATENESS, closed::add);
    assertThat(video.nextChange(T0 + 70, LATENESS)).isEqualTo(T0 + 90);
    video.count(T0 + 90);
    assertThat(video.nextChange(T0 + 90, LATENESS)).isEqualTo(T0 + 119);
  }

  @Test
  void otherVersionsOfStateAreRejected() {
    assertThatThrownBy(() -> video.read(new byte[] {1}))
        .hasMessage("packed views: version 1 (expected: 2)");
  }

  @Test
  void unknownVideoHasNoCountedViewsAndKeepsItsHours() {
    VideoViews unknown = new VideoViews();
    unknown.add(count(T0 + 5, 1, 2));

    assertThat(unknown.count(T0 + 5)).isZero();
    unknown.closeHours(T0 + 200, LATENESS, closed::add);
    assertThat(closed).extracting(HourTotals::views).containsExactly(2);
  }

  @Test
  void hiddenVideoCountsUpToTheTimeOfTheRecord() {
    VideoState hidden =
        state(T0 * Minutes.MILLIS)
            .after(
                published((T0 + 10) * Minutes.MILLIS).toBuilder()
                    .setVisibility(Video.Visibility.FOLLOWERS)
                    .build());
    video.add(count(T0 + 5, 1, 2));

    video.describe(hidden);
    readAgain();

    assertThat(video.isPublic()).isFalse();
    assertThat(video.count(T0 + 9)).isEqualTo(2);
    assertThat(video.count(T0 + 10)).isZero();
  }

  @Test
  void videoWithSpilledCountsIsDueAndNotEmpty() {
    VideoViews spilled = new VideoViews();
    spilled.spilledFrom(T0 + 7);
    spilled.read(spilled.toBytes());

    assertThat(spilled.isEmpty()).isFalse();
    assertThat(spilled.nextChange(T0, LATENESS)).isEqualTo(T0 + 7);
  }
}
