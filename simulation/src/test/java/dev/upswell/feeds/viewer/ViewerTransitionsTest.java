package dev.upswell.feeds.viewer;

import static dev.upswell.feeds.viewer.RelationshipEvent.Kind.BLOCK;
import static dev.upswell.feeds.viewer.RelationshipEvent.Kind.FOLLOW;
import static dev.upswell.feeds.viewer.RelationshipEvent.Kind.UNFOLLOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.feeds.pull.PullHysteresis;
import dev.upswell.feeds.viewer.RelationshipEvent.Kind;
import dev.upswell.simulation.memory.MemoryViewer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ViewerTransitionsTest {
  private static final long USER = 1;
  private static final long WINDOW = 1_000;
  private static final long HOLD = 100;

  private final AtomicLong epochs = new AtomicLong();
  private final ViewerTransitions viewer =
      new ViewerTransitions(
          Duration.ofMillis(WINDOW),
          new PullHysteresis(2, Duration.ofMillis(HOLD)),
          epochs::incrementAndGet);
  private final ViewerState state = new MemoryViewer();

  private ViewerChange on(Kind kind, long other, long at) {
    return viewer.onRelation(state, new RelationshipEvent(USER, other, kind, at), at);
  }

  private void follow(long... others) {
    for (long other : others) {
      on(FOLLOW, other, 10);
    }
  }

  private void active(long at) {
    var unused = viewer.onSession(state, USER, at, at);
    assertThat(state.active()).isTrue();
  }

  private static void nothingForAudiences(ViewerChange change) {
    assertThat(change.withdrawn()).isFalse();
    assertThat(change.added()).isEmpty();
    assertThat(change.removed()).isEmpty();
  }

  // ---- Pushed to

  @Test
  void followsOfInactiveViewersReachNoAudience() {
    ViewerChange change = on(FOLLOW, 7, 10);

    assertThat(change.following().followees()).containsExactly(7);
    assertThat(change.following().epoch()).isPositive();
    assertThat(change.gained()).containsExactly(7);
    assertThat(change.lost()).isEmpty();
    nothingForAudiences(change);
  }

  @Test
  void sessionsJoinAllAudiencesAtANewEpoch() {
    follow(7, 8);
    long before = state.epoch();

    ViewerChange change = viewer.onSession(state, USER, 20, 20).orElseThrow();

    assertThat(change.added()).containsExactly(7, 8);
    assertThat(change.following().epoch()).isGreaterThan(before);
    assertThat(viewer.onSession(state, USER, 21, 21)).as("is active anyway").isEmpty();
  }

  @Test
  void followsOfActiveViewersStartANewEpoch() {
    follow(8);
    active(20);
    long before = state.epoch();

    ViewerChange change = on(FOLLOW, 7, 30);

    assertThat(change.following().followees()).containsExactly(7, 8);
    assertThat(change.following().epoch()).isGreaterThan(before);
    assertThat(change.added()).containsExactly(7);
    assertThat(change.withdrawn()).isFalse();
  }

  @Test
  void unfollowsLeaveTheAudienceAndKeepTheEpoch() {
    follow(7, 8);
    active(20);
    long before = state.epoch();

    ViewerChange change = on(UNFOLLOW, 7, 30);

    assertThat(change.following().followees()).containsExactly(8);
    assertThat(change.following().epoch()).isEqualTo(before);
    assertThat(change.removed()).containsExactly(7);
    assertThat(change.lost()).containsExactly(7);
    assertThat(change.gained()).isEmpty();
    assertThat(change.tombstone()).hasValue(new RelationshipTombstone(7, false, 30, 0, 0));
  }

  @Test
  void duplicateFollowsCountOnce() {
    assertThat(on(FOLLOW, 7, 10).gained()).containsExactly(7);
    assertThat(on(FOLLOW, 7, 11).gained()).isEmpty();
    assertThat(on(BLOCK, 7, 12).lost()).containsExactly(7);
    assertThat(on(UNFOLLOW, 7, 13).lost()).isEmpty();
    assertThat(on(FOLLOW, 7, 14).gained()).as("is blocked").isEmpty();
  }

  @Test
  void ineffectiveEventsReturnTheFollowing() {
    follow(7);
    active(20);
    long before = state.epoch();

    ViewerChange change = on(FOLLOW, 7, 30);

    assertThat(change.following().epoch()).isEqualTo(before);
    assertThat(change.following().followees()).containsExactly(7);
    assertThat(change.tombstone()).hasValue(new RelationshipTombstone(7, true, 30, 0, 0));
    nothingForAudiences(change);
  }

  @Test
  void idleViewersLeaveAllAudiences() {
    follow(7, 8);
    active(20);
    long before = state.epoch();

    assertThat(viewer.nextTime(state)).isEqualTo(20 + WINDOW);
    assertThat(viewer.onTime(state, USER, 19 + WINDOW)).isEmpty();
    ViewerChange change = viewer.onTime(state, USER, 20 + WINDOW).orElseThrow();

    assertThat(change.withdrawn()).isTrue();
    assertThat(change.removed()).containsExactly(7, 8);
    assertThat(change.following().epoch()).isGreaterThan(before);
    assertThat(viewer.nextTime(state)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void oldSessionsDoNotActivate() {
    follow(7);

    ViewerChange change = viewer.onSession(state, USER, 20, 20 + WINDOW).orElseThrow();

    nothingForAudiences(change);
    assertThat(state.active()).isFalse();
    assertThat(state.lastSeen()).isZero();
  }

  // ---- Following too many

  @Test
  void exceedingTheLimitWithdrawsTheFeed() {
    follow(7, 9);
    active(20);

    ViewerChange change = on(FOLLOW, 8, 30);

    assertThat(change.withdrawn()).isTrue();
    assertThat(change.removed()).as("8 never knew").containsExactly(7, 9);
    assertThat(change.added()).isEmpty();
    assertThat(change.following().followees()).containsExactly(7, 8, 9);
    assertThat(change.following().isPulled()).isTrue();
    assertThat(change.gained()).containsExactly(8);
    assertThat(ViewerTransitions.isInAudiences(state)).isFalse();
  }

  @Test
  void inactiveViewersLeaveNoAudience() {
    follow(7, 9);

    ViewerChange change = on(FOLLOW, 8, 30);

    assertThat(change.withdrawn()).isTrue();
    assertThat(change.removed()).isEmpty();
    assertThat(change.following().isPulled()).isTrue();
  }

  @Test
  void followsOfPullingViewersStartANegativeEpoch() {
    follow(7, 8, 9);
    active(20);
    long first = state.epoch();

    ViewerChange followed = on(FOLLOW, 10, 30);
    assertThat(followed.following().epoch()).isNegative().isNotEqualTo(first);
    nothingForAudiences(followed);

    ViewerChange unfollowed = on(UNFOLLOW, 10, 31);
    assertThat(unfollowed.following().epoch()).isEqualTo(followed.following().epoch());
    assertThat(unfollowed.lost()).containsExactly(10);
    nothingForAudiences(unfollowed);
  }

  @Test
  void sessionsOfPullingViewersJoinNoAudience() {
    follow(7, 8, 9);

    ViewerChange change = viewer.onSession(state, USER, 20, 20).orElseThrow();

    nothingForAudiences(change);
    assertThat(change.following().isPulled()).isTrue();
    assertThat(state.active()).isTrue();
  }

  @Test
  void viewersRejoinAfterTheCooldown() {
    follow(7, 8, 9);
    active(20);
    on(UNFOLLOW, 8, 30);
    assertThat(viewer.nextTime(state)).as("2 are not few enough").isEqualTo(20 + WINDOW);
    on(UNFOLLOW, 7, 40);

    assertThat(viewer.nextTime(state)).isEqualTo(40 + HOLD);
    assertThat(viewer.onTime(state, USER, 39 + HOLD)).isEmpty();
    ViewerChange change = viewer.onTime(state, USER, 40 + HOLD).orElseThrow();

    assertThat(change.added()).containsExactly(9);
    assertThat(change.following().epoch()).isPositive();
    assertThat(change.withdrawn()).isFalse();
    assertThat(ViewerTransitions.isInAudiences(state)).isTrue();
  }

  @Test
  void idleViewersJoinNothingOnRelease() {
    follow(7, 8, 9);
    active(20);
    on(UNFOLLOW, 8, 30);
    on(UNFOLLOW, 7, 31);

    ViewerChange change = viewer.onTime(state, USER, 20 + WINDOW).orElseThrow();

    nothingForAudiences(change);
    assertThat(change.following().epoch()).isPositive();
    assertThat(state.active()).isFalse();
    assertThat(viewer.nextTime(state)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void idlePullingViewersAreNotWithdrawnAgain() {
    follow(7, 8, 9);
    active(20);
    long before = state.epoch();

    ViewerChange change = viewer.onTime(state, USER, 20 + WINDOW).orElseThrow();

    nothingForAudiences(change);
    assertThat(change.following().epoch()).isEqualTo(before);
  }

  // ---- Rebuild

  @Test
  void rebuildsWriteTheStateWithoutANewEpoch() {
    assertThat(viewer.rebuild(state, USER)).isEmpty();
    follow(7, 8);
    active(20);
    long drawn = epochs.get();

    ViewerChange change = viewer.rebuild(state, USER).orElseThrow();

    assertThat(change.following().epoch()).isEqualTo(state.epoch());
    assertThat(change.following().followees()).containsExactly(7, 8);
    assertThat(change.tombstone()).isEmpty();
    nothingForAudiences(change);
    assertThat(epochs).hasValue(drawn);
  }

  @Test
  void inactiveViewersWithoutFolloweesAreNotRebuilt() {
    follow(7);
    on(UNFOLLOW, 7, 30);

    assertThat(state.epoch()).isZero();
    assertThat(viewer.rebuild(state, USER)).isEmpty();
  }
}
