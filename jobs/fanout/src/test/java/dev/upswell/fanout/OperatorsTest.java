package dev.upswell.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.events.Control;
import dev.upswell.contract.events.FeedDelivery;
import dev.upswell.fanout.acknowledgement.EdgeAcknowledgementFunction;
import dev.upswell.fanout.acknowledgement.EdgeAcknowledgementInput;
import dev.upswell.fanout.acknowledgement.WarmEpoch;
import dev.upswell.fanout.audience.DeliveriesFunction;
import dev.upswell.fanout.creator.AdaptivePullFunction;
import dev.upswell.fanout.rebuild.RebuildableOperator;
import dev.upswell.fanout.viewer.ViewerFunction;
import dev.upswell.fanout.viewer.ViewerInput;
import dev.upswell.feeds.audience.DeliveryPart;
import dev.upswell.feeds.audience.FanOut;
import dev.upswell.feeds.audience.FanOutProgress;
import dev.upswell.feeds.audience.LatencyHistogram;
import dev.upswell.feeds.pull.AdaptivePullThreshold;
import dev.upswell.feeds.pull.PullHysteresis;
import dev.upswell.feeds.viewer.RelationshipEvent;
import dev.upswell.feeds.viewer.RelationshipEvent.Kind;
import dev.upswell.feeds.viewer.ViewerChange;
import dev.upswell.runtime.types.ProtobufSerializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Operators that have state, each for itself. */
class OperatorsTest {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long T0 = 1_780_000_000_000L;
  private static final PullHysteresis PULL = new PullHysteresis(3, Duration.ofHours(25));

  private static KeyedBroadcastOperatorTestHarness<Long, ViewerInput, Control, ViewerChange>
      viewer() throws Exception {
    var harness = newViewer();
    harness.open();
    // Idle, like the control topic.
    harness.processBroadcastWatermark(Long.MAX_VALUE);
    return harness;
  }

  private static KeyedBroadcastOperatorTestHarness<Long, ViewerInput, Control, ViewerChange>
      newViewer() throws Exception {
    return new KeyedBroadcastOperatorTestHarness<>(
        new RebuildableOperator<>(new ViewerFunction(Duration.ofHours(24), PULL), List.of()),
        ViewerInput::userId,
        Types.LONG,
        1,
        1,
        0);
  }

  private static int entries(
      KeyedBroadcastOperatorTestHarness<Long, ViewerInput, Control, ViewerChange> harness) {
    AbstractStreamOperator<?> operator = (AbstractStreamOperator<?>) harness.getOperator();
    return ((HeapKeyedStateBackend<?>) operator.getKeyedStateBackend()).numKeyValueStateEntries();
  }

  private static ViewerInput related(long user, long other, Kind kind, long at) {
    return new ViewerInput.Related(new RelationshipEvent(user, other, kind, at));
  }

  @Test
  void viewersJoinAudiencesAtTheFirstSessionAndExpireAfterADay() throws Exception {
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
  void followsReachOneAudienceAndUnfollowsKeepTheEpoch() throws Exception {
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
  void viewersWithoutFolloweesLeaveNoStateAndNoTimer() throws Exception {
    try (var harness = viewer()) {
      harness.processElement(new ViewerInput.Started(1, T0), T0);
      assertThat(entries(harness)).isPositive();
      harness.processWatermark(T0 + 24 * HOUR);

      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(entries(harness)).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void viewersAreRestoredFromACheckpoint() throws Exception {
    var harness = viewer();
    harness.processElement(related(1, 10, Kind.FOLLOW, T0), T0);
    harness.processElement(new ViewerInput.Started(1, T0), T0);
    var snapshot = harness.snapshot(1, T0);
    harness.close();

    try (var restored = newViewer()) {
      restored.initializeState(snapshot);
      restored.open();
      restored.processBroadcastWatermark(Long.MAX_VALUE);
      restored.processElement(related(1, 11, Kind.FOLLOW, T0 + 1), T0 + 1);
      restored.processWatermark(T0 + 24 * HOUR);

      List<ViewerChange> changes = restored.extractOutputValues();
      assertThat(changes.get(0).following().followees()).containsExactly(10, 11);
      assertThat(changes.get(0).added()).containsExactly(11);
      assertThat(changes.get(1).withdrawn()).isTrue();
    }
  }

  @Test
  void viewersAbovePullThresholdArePushedAgainADayAfterFewerFollows() throws Exception {
    try (var harness = viewer()) {
      harness.processElement(new ViewerInput.Started(1, T0), T0);
      harness.processWatermark(T0);
      for (long creator = 10; creator <= 13; creator++) {
        harness.processElement(related(1, creator, Kind.FOLLOW, T0 + creator), T0 + creator);
      }
      ViewerChange pulled = harness.extractOutputValues().get(3);
      assertThat(pulled.withdrawn()).isTrue();
      assertThat(pulled.removed()).containsExactly(10, 11, 12);
      assertThat(pulled.following().isPulled()).isTrue();
      assertThat(pulled.gained()).containsExactly(13);

      harness.processElement(related(1, 10, Kind.UNFOLLOW, T0 + 20), T0 + 20);
      harness.processElement(related(1, 11, Kind.UNFOLLOW, T0 + 21), T0 + 21);
      harness.processElement(new ViewerInput.Started(1, T0 + 20 * HOUR), T0 + 20 * HOUR);
      harness.processWatermark(T0 + 24 * HOUR);
      assertThat(harness.extractOutputValues()).hasSize(6);
      harness.processWatermark(T0 + 26 * HOUR);

      ViewerChange pushed = harness.extractOutputValues().get(6);
      assertThat(pushed.following().isPulled()).isFalse();
      assertThat(pushed.added()).containsExactly(12, 13);
    }
  }

  @Test
  void fanOutsAreReportedAfterTheLastAudience() throws Exception {
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<Tuple2<Long, Long>, DeliveryPart, FeedDelivery>(
            new KeyedProcessOperator<>(new DeliveriesFunction()),
            part -> Tuple2.of(part.fanOut().creatorId(), part.fanOut().id()),
            Types.TUPLE(Types.LONG, Types.LONG))) {
      harness.setup(
          ProtobufSerializer.typeOf(FeedDelivery.class)
              .createSerializer(new SerializerConfigImpl()));
      harness.open();
      for (int part = 0; part < 3; part++) {
        assertThat(harness.extractOutputValues()).isEmpty();
        FanOut fanOut = new FanOut(FanOut.Kind.PUSH, 10, 5, T0, T0, part, 3);
        FanOutProgress progress =
            FanOutProgress.begin(fanOut, 100).sent(90).written(60, 90, T0 + 1_000L * part);
        harness.processElement(progress.part(), T0);
      }
      FeedDelivery delivery = harness.extractOutputValues().get(0);
      assertThat(delivery.getVideoId()).isEqualTo(5);
      assertThat(delivery.getPlanned()).isEqualTo(300);
      assertThat(delivery.getPushed()).isEqualTo(180);
      assertThat(delivery.getSkippedMap()).isEqualTo(Map.of("cold", 90, "left", 30));
      assertThat(delivery.getLagP50Ms()).isBetween(1_000, 1_200);
      assertThat(delivery.getLagLastMs()).isEqualTo(2_000);
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void largeCreatorsArePulledOnlyWhilePushesAreSlow() throws Exception {
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<Long, LatencyHistogram, Control>(
            new KeyedProcessOperator<>(
                new AdaptivePullFunction(
                    new AdaptivePullThreshold(1_000_000, Duration.ofSeconds(30)))),
            lags -> AdaptivePullFunction.ALL,
            Types.LONG)) {
      harness.setup(
          ProtobufSerializer.typeOf(Control.class).createSerializer(new SerializerConfigImpl()));
      harness.open();
      harness.setProcessingTime(0);
      for (int second = 0; second < 120; second++) {
        LatencyHistogram lags = new LatencyHistogram();
        lags.add(second < 20 ? 40_000 : 100, 1_000);
        harness.processElement(lags, T0);
        harness.setProcessingTime(1_000L * (second + 1));
      }

      assertThat(harness.extractOutputValues())
          .extracting(Control::getPullAbove)
          .containsExactly(0L, 500_000L, 250_000L, 500_000L, 1_000_000L);
    }
  }

  @Test
  void epochsAreWarmAfterAllEarlierEdgesAreAcknowledged() throws Exception {
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<Long, EdgeAcknowledgementInput, WarmEpoch>(
            new KeyedProcessOperator<>(new EdgeAcknowledgementFunction()),
            EdgeAcknowledgementInput::userId,
            Types.LONG)) {
      harness.open();
      harness.processElement(new EdgeAcknowledgementInput.Acknowledged(1, 71), T0);
      harness.processElement(new EdgeAcknowledgementInput.Announced(1, 71, 2), T0);
      harness.processElement(new EdgeAcknowledgementInput.Acknowledged(1, 72), T0);
      harness.processElement(new EdgeAcknowledgementInput.Announced(1, 72, 1), T0);
      assertThat(harness.extractOutputValues()).isEmpty();

      harness.processElement(new EdgeAcknowledgementInput.Acknowledged(1, 71), T0);

      assertThat(harness.extractOutputValues()).containsExactly(new WarmEpoch(1, 72));
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }
}
