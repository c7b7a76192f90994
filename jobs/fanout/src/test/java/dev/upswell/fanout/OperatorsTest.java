package dev.upswell.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.feeds.FeedPush;
import dev.upswell.feeds.audience.Relation;
import dev.upswell.feeds.audience.Relation.Kind;
import dev.upswell.feeds.audience.ViewerChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The three operators that have state, each for itself. */
class OperatorsTest {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long T0 = 1_780_000_000_000L;

  private static KeyedOneInputStreamOperatorTestHarness<Long, ViewerInput, ViewerChange> viewer()
      throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<Long, ViewerInput, ViewerChange>(
            new KeyedProcessOperator<>(new ViewerOperator(Duration.ofHours(24))),
            ViewerInput::userId,
            Types.LONG);
    harness.open();
    return harness;
  }

  private static ViewerInput related(long user, long other, Kind kind, long at) {
    return new ViewerInput.Related(new Relation(user, other, kind, at));
  }

  @Test
  void aViewerIsAnnouncedToAllAudiencesWithTheFirstSessionAndWithdrawnAfterADayWithoutOne()
      throws Exception {
    try (var harness = viewer()) {
      harness.processElement(related(1, 10, Kind.FOLLOW, T0), T0);
      harness.processElement(related(1, 11, Kind.FOLLOW, T0), T0);
      harness.processElement(new ViewerInput.Started(1, T0), T0);
      harness.processElement(new ViewerInput.Started(1, T0 + 5 * HOUR), T0 + 5 * HOUR);
      harness.processWatermark(T0 + 25 * HOUR);
      assertThat(harness.numEventTimeTimers()).isOne();
      harness.processWatermark(T0 + 30 * HOUR);

      List<ViewerChange> changes = harness.extractOutputValues();
      assertThat(changes).hasSize(4);
      assertThat(changes.get(2).added()).containsExactly(10, 11);
      assertThat(changes.get(3).withdrawn()).isTrue();
      assertThat(changes.get(3).removed()).containsExactly(10, 11);
      assertThat(changes.stream().map(change -> change.following().epoch()).distinct()).hasSize(3);
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void aFollowOfAnActiveViewerTellsOneAudienceAndAnUnfollowKeepsTheEpoch() throws Exception {
    try (var harness = viewer()) {
      harness.processElement(new ViewerInput.Started(1, T0), T0);
      harness.processElement(related(1, 10, Kind.FOLLOW, T0), T0);
      harness.processElement(related(1, 10, Kind.UNFOLLOW, T0 + 1), T0 + 1);

      List<ViewerChange> changes = harness.extractOutputValues();
      assertThat(changes).hasSize(2);
      assertThat(changes.get(0).added()).containsExactly(10);
      assertThat(changes.get(1).removed()).containsExactly(10);
      assertThat(changes.get(1).following().followees()).isEmpty();
      assertThat(changes.get(1).following().epoch()).isEqualTo(changes.get(0).following().epoch());
    }
  }

  @Test
  void aViewerWithoutFolloweesLeavesNeitherStateNorTimer() throws Exception {
    try (var harness = viewer()) {
      harness.processElement(new ViewerInput.Started(1, T0), T0);
      assertThat(harness.numKeyedStateEntries()).isPositive();
      harness.processWatermark(T0 + 24 * HOUR);

      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void aViewerSurvivesACheckpoint() throws Exception {
    var harness = viewer();
    harness.processElement(related(1, 10, Kind.FOLLOW, T0), T0);
    harness.processElement(new ViewerInput.Started(1, T0), T0);
    var snapshot = harness.snapshot(1, T0);
    harness.close();

    try (var restored =
        new KeyedOneInputStreamOperatorTestHarness<Long, ViewerInput, ViewerChange>(
            new KeyedProcessOperator<>(new ViewerOperator(Duration.ofHours(24))),
            ViewerInput::userId,
            Types.LONG)) {
      restored.initializeState(snapshot);
      restored.open();
      restored.processElement(related(1, 11, Kind.FOLLOW, T0 + 1), T0 + 1);
      restored.processWatermark(T0 + 24 * HOUR);

      List<ViewerChange> changes = restored.extractOutputValues();
      assertThat(changes.get(0).following().followees()).containsExactly(10, 11);
      assertThat(changes.get(0).added()).containsExactly(11);
      assertThat(changes.get(1).withdrawn()).isTrue();
    }
  }

  @Test
  void aVideoGoesToEveryFollowerOnceInChunksAndToNoneWhoLeft() throws Exception {
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<Long, AudienceInput, FeedPush>(
            new KeyedProcessOperator<>(new AudienceOperator()),
            AudienceInput::creatorId,
            Types.LONG)) {
      harness.open();
      for (long user = 1; user <= 600; user++) {
        harness.processElement(new AudienceInput.Joined(10, user, 77), T0);
      }
      harness.processElement(new AudienceInput.Joined(10, 1, 78), T0);
      harness.processElement(new AudienceInput.Joined(11, 1_000, 79), T0);
      harness.processElement(new AudienceInput.Left(10, 600), T0);
      harness.processElement(new AudienceInput.FanOut(10, 5), T0);

      List<Long> reached = new ArrayList<>();
      for (FeedPush push : harness.extractOutputValues()) {
        assertThat(push.videoId()).isEqualTo(5);
        assertThat(push.creatorId()).isEqualTo(10);
        assertThat(push.userIds()).hasSizeLessThanOrEqualTo(256);
        for (long user : push.userIds()) {
          reached.add(user);
        }
      }
      assertThat(reached).hasSize(599).doesNotHaveDuplicates().doesNotContain(600L, 1_000L);
      assertThat(harness.getSideOutput(AudienceOperator.EDGES_KNOWN)).hasSize(602);
      for (long user = 1; user <= 600; user++) {
        harness.processElement(new AudienceInput.Left(10, user), T0);
      }
      harness.processElement(new AudienceInput.Left(11, 1_000), T0);
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void anEpochIsWarmOnceAllAudiencesKnowItsEdgesAndThoseOfTheEpochsBefore() throws Exception {
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<Long, WarmUpInput, WarmEpoch>(
            new KeyedProcessOperator<>(new WarmUpOperator()), WarmUpInput::userId, Types.LONG)) {
      harness.open();
      harness.processElement(new WarmUpInput.Known(1, 71), T0);
      harness.processElement(new WarmUpInput.Announced(1, 71, 2), T0);
      harness.processElement(new WarmUpInput.Known(1, 72), T0);
      harness.processElement(new WarmUpInput.Announced(1, 72, 1), T0);
      assertThat(harness.extractOutputValues()).isEmpty();

      harness.processElement(new WarmUpInput.Known(1, 71), T0);

      assertThat(harness.extractOutputValues()).containsExactly(new WarmEpoch(1, 72));
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }
}
