package dev.upswell.popularity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upswell.contract.VideoIds;
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

  private static ViewCount count(int minute, boolean late, long... viewers) {
    ViewerSet set = new ViewerSet();
    LongStream.of(viewers).forEach(viewer -> set.add(ViewerCounts.hash(viewer)));
    return new ViewCount(1, 7, minute, viewers.length, viewers.length * 10L, set.pack(), late);
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
    assertThat(video.distinctShare(T0 + 80)).isEqualTo(0.375);
    assertThat(video.distinctShare(T0 + 130)).isEqualTo(0.5);
    assertThat(video.distinctShare(T0 + 200)).isZero();
  }

  @Test
  void youngVideosReturnViewsPerMinuteSincePublication() {
    long id = VideoIds.at(T0 * Minutes.MILLIS + 30_000, 1);
    video.add(count(T0, 1));
    video.add(count(T0 + 3, 1, 2));
    assertThat(video.firstHour(id, T0 - 1)).isEmpty();
    assertThat(video.firstHour(id, T0 + 4)).hasValue(new int[] {1, 0, 0, 2, 0});
    assertThat(video.firstHour(id, T0 + 59).orElseThrow()).hasSize(60);
    assertThat(video.firstHour(id, T0 + 60)).isEmpty();
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
    assertThatThrownBy(() -> video.read(new byte[] {2}))
        .hasMessage("packed views: version 2 (expected: 1)");
  }
}
