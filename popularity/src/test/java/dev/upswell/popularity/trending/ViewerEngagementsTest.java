package dev.upswell.popularity.trending;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ViewerEngagementsTest {
  private static final long HOUR = 3_600_000;
  private static final long T0 = 480_000 * HOUR;
  private static final int NONE = ViewerEngagements.NONE;

  private final ViewerEngagements viewers = new ViewerEngagements(1_000, Duration.ofMinutes(15));

  private int like(long at) {
    return viewers.like(1, 7, at);
  }

  private int unlike(long at) {
    return viewers.unlike(1, 7, at);
  }

  @Test
  void likesCountOnceUntilTheyAreWithdrawn() {
    assertThat(like(T0)).isZero();
    assertThat(like(T0 + 1_000)).isEqualTo(NONE);
    assertThat(like(T0 + 2 * HOUR)).as("across hours").isEqualTo(NONE);
    assertThat(unlike(T0 + 2 * HOUR + 1_000)).as("slots since the like").isEqualTo(720);
    assertThat(unlike(T0 + 2 * HOUR + 2_000)).isEqualTo(NONE);
    assertThat(viewers.like(2, 7, T0)).as("another viewer").isZero();
    assertThat(viewers.like(1, 8, T0)).as("another video").isZero();
  }

  @Test
  void likesAfterAWithdrawalRestoreTheFirst() {
    assertThat(like(T0)).isZero();
    assertThat(unlike(T0 + 60_000)).isEqualTo(6);
    assertThat(like(T0 + 120_000)).as("no newer than the first").isEqualTo(12);
    assertThat(unlike(T0 + 180_000)).isEqualTo(18);
    assertThat(like(T0 + HOUR)).as("an hour later").isZero();
  }

  @Test
  void withdrawalsWithoutALikeDoNotCount() {
    assertThat(unlike(T0)).isEqualTo(NONE);
    assertThat(like(T0 + 1)).isZero();
  }

  @Test
  void retriesOfEarlierEventsDoNotCount() {
    assertThat(like(T0)).isZero();
    assertThat(unlike(T0 + 5_000)).isZero();
    assertThat(like(T0)).as("retry of the like").isEqualTo(NONE);
    assertThat(unlike(T0 + 5_000)).isEqualTo(NONE);
    assertThat(like(T0 + 5_000)).as("the same time: the later arrival").isZero();
  }

  @Test
  void withdrawalsThatArriveFirstEndTheLike() {
    assertThat(unlike(T0 + 60_000)).isEqualTo(NONE);
    assertThat(like(T0)).isEqualTo(NONE);
  }

  @Test
  void otherKindsCountOncePerHour() {
    assertThat(viewers.isFirst(1, 7, 4, T0 - 60_000)).isTrue();
    assertThat(viewers.isFirst(1, 7, 4, T0 + 60_000)).isFalse();
    assertThat(viewers.isFirst(1, 7, 5, T0 + 60_000)).as("another kind").isTrue();
    assertThat(viewers.isFirst(1, 7, 4, T0 + HOUR - 60_000)).isTrue();
  }

  @Test
  void likesAreForgottenAfterSixHours() {
    like(T0);
    viewers.entries().evict(T0 + 6 * HOUR);
    assertThat(unlike(T0 + 6 * HOUR - 20_000)).isEqualTo(6 * Slots.PER_HOUR - 2);
    assertThat(like(T0 + 6 * HOUR - 10_000)).as("an hour after the first").isZero();
    assertThat(unlike(T0 + 13 * HOUR)).isEqualTo(NONE);
    viewers.entries().evict(T0 + 21 * HOUR);
    assertThat(viewers.entries().size()).isZero();
  }
}
