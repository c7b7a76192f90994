package dev.upswell.feeds.creator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.upswell.feeds.pull.PullHysteresis;
import dev.upswell.simulation.memory.MemoryCreator;
import java.time.Duration;
import java.util.List;
import java.util.function.LongUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class FanOutPolicyTest {
  private static final int AUDIENCES = 8;
  private static final FanOutPolicy CREATOR =
      new FanOutPolicy(AUDIENCES, 3, 1, Duration.ofMillis(20));
  private static final PullHysteresis RULE = new PullHysteresis(10, Duration.ofMillis(100));

  private final CreatorState state = new MemoryCreator();

  private boolean mustPull(int change, long now) {
    FanOutPolicy.count(state, change);
    return FanOutPolicy.mustPull(state, RULE, now);
  }

  @Property
  void followerCountsAreNeverNegative(@ForAll List<@IntRange(min = -3, max = 3) Integer> changes) {
    CreatorState counted = new MemoryCreator();
    long followers = 0;
    for (int change : changes) {
      FanOutPolicy.count(counted, change);
      followers = Math.max(0, followers + change);
      assertThat(counted.followers()).isEqualTo(followers).isNotNegative();
    }
  }

  @Test
  void pushesContinueUntilReadersHaveRefreshed() {
    assertThat(mustPull(10, 1_000)).isFalse();
    assertThat(FanOutPolicy.pushes(state, 1_000)).isTrue();
    assertThat(mustPull(1, 1_001)).isTrue();
    assertThat(FanOutPolicy.pushes(state, 9_000)).as("nobody can have read it").isTrue();

    CREATOR.written(state, 9_000);

    assertThat(FanOutPolicy.pushes(state, 9_019)).isTrue();
    assertThat(FanOutPolicy.pushes(state, 9_020)).isFalse();
  }

  @Test
  void pullIsWrittenOnce() {
    assertThat(mustPull(11, 1_000)).isTrue();
    CREATOR.written(state, 1_000);

    assertThat(mustPull(5, 1_001)).isFalse();
    assertThat(mustPull(-10, 1_002)).isFalse();
    assertThat(mustPull(10, 1_003)).isFalse();
    assertThat(state.pull().since()).isEqualTo(1_000);
    assertThat(state.pushUntil()).isEqualTo(1_020);
  }

  @Test
  void pullingEndsAfterTheCooldown() {
    mustPull(11, 1_000);
    CREATOR.written(state, 1_000);
    assertThat(FanOutPolicy.release(state, RULE, Long.MAX_VALUE - 1)).isEmpty();
    mustPull(-2, 2_000);

    assertThat(FanOutPolicy.release(state, RULE, 2_099)).isEmpty();
    assertThat(FanOutPolicy.pushes(state, 2_099)).isFalse();
    assertThat(FanOutPolicy.release(state, RULE, 2_100)).hasValue(1_000);
    assertThat(FanOutPolicy.pushes(state, 2_100)).isTrue();
    assertThat(FanOutPolicy.release(state, RULE, 2_101)).isEmpty();
  }

  @Test
  void pushesContinueUntilASecondPullIsWritten() {
    mustPull(11, 1_000);
    CREATOR.written(state, 1_000);
    mustPull(-2, 2_000);
    FanOutPolicy.release(state, RULE, 2_100);

    assertThat(mustPull(2, 3_000)).isTrue();
    assertThat(state.pull().since()).isEqualTo(3_000);
    assertThat(FanOutPolicy.pushes(state, 99_000)).isTrue();
  }

  @Test
  void onlyLaterMembersAreSpread() {
    for (long userId = 1; userId <= 3; userId++) {
      assertThat(CREATOR.join(state, userId)).isEqualTo(FanOutPolicy.FIRST);
      assertThat(CREATOR.parts(state)).isEqualTo(1);
    }
    for (long userId = 4; userId <= 50; userId++) {
      assertThat(CREATOR.join(state, userId)).isEqualTo(CREATOR.audienceOf(userId));
      assertThat(CREATOR.parts(state)).isEqualTo(AUDIENCES);
    }
    assertThat(state.members()).isEqualTo(50);
  }

  @Test
  void audiencesStaySpreadUntilTheLastMemberLeaves() {
    for (long userId = 1; userId <= 4; userId++) {
      CREATOR.join(state, userId);
    }
    for (int left = 0; left < 3; left++) {
      CREATOR.leave(state);
      assertThat(CREATOR.parts(state)).isEqualTo(AUDIENCES);
    }
    CREATOR.leave(state);
    assertThat(CREATOR.parts(state)).isEqualTo(1);
    CREATOR.leave(state);
    assertThat(state.members()).isZero();
    assertThat(CREATOR.join(state, 77)).isEqualTo(FanOutPolicy.FIRST);
  }

  @Property
  void audienceOfAUserIsStable(
      @ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long userId,
      @ForAll @IntRange(min = 1, max = 500) int audiences) {
    int audience = new FanOutPolicy(audiences, 0, 1, Duration.ZERO).audienceOf(userId);

    assertThat(audience).isBetween(0, audiences - 1);
    assertThat(new FanOutPolicy(audiences, 9, 1, Duration.ofDays(1)).audienceOf(userId))
        .isEqualTo(audience);
  }

  @Test
  void usersAreSpreadEvenlyForAllKindsOfIds() {
    evenly(i -> i + 1);
    evenly(i -> (i + 1) << 22);
    evenly(i -> Long.MAX_VALUE - i);
    evenly(i -> 1_000_000_007L * (i + 1));
  }

  @Test
  void consecutiveIdsShareAnAudience() {
    int row = 64;
    FanOutPolicy creator = new FanOutPolicy(AUDIENCES, 3, row, Duration.ZERO);
    int[] rows = new int[AUDIENCES];
    for (long first = 0; first < 10_000L * row; first += row) {
      int audience = creator.audienceOf(first);
      rows[audience]++;
      assertThat(creator.audienceOf(first + row - 1)).isEqualTo(audience);
    }
    int share = 10_000 / AUDIENCES;
    for (int size : rows) {
      assertThat(size).isBetween(share / 2, share * 2);
    }
  }

  private static void evenly(LongUnaryOperator ids) {
    int users = 80_000;
    int[] sizes = new int[AUDIENCES];
    for (int i = 0; i < users; i++) {
      sizes[CREATOR.audienceOf(ids.applyAsLong(i))]++;
    }
    int share = users / AUDIENCES;
    for (int size : sizes) {
      assertThat(size).isBetween(share * 9 / 10, share * 11 / 10);
    }
  }

  @Test
  void invalidAudienceSettingsAreRejected() {
    assertThatThrownBy(() -> new FanOutPolicy(0, 0, 1, Duration.ZERO))
        .hasMessage("audiences: 0 (expected: 1 or more)");
    assertThatThrownBy(() -> new FanOutPolicy(1, -1, 1, Duration.ZERO))
        .hasMessage("spreadAbove: -1 (expected: 0 or more)");
    assertThatThrownBy(() -> new FanOutPolicy(1, 0, 0, Duration.ZERO))
        .hasMessage("neighbours: 0 (expected: 1 or more)");
  }
}
