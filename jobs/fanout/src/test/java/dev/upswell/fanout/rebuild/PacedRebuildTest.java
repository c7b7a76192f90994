package dev.upswell.fanout.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.upswell.contract.events.Control;
import dev.upswell.contract.events.Video;
import dev.upswell.fanout.FanoutTypes;
import dev.upswell.fanout.outbox.OutboxFunction;
import dev.upswell.fanout.outbox.OutboxInput;
import dev.upswell.fanout.outbox.OutboxWrite;
import dev.upswell.fanout.outbox.OutboxWrite.Begun;
import dev.upswell.fanout.outbox.OutboxWrite.OneDone;
import dev.upswell.fanout.outbox.OutboxWrite.Progress;
import dev.upswell.fanout.outbox.RebuildFunction;
import dev.upswell.feeds.FeedOptions;
import dev.upswell.feeds.video.VideoChange;
import dev.upswell.runtime.types.ProtobufSerializer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Writing again what Redis has lost: the outboxes first, the feeds when all of those are there. */
class PacedRebuildTest {
  private static final long T0 = 1_780_000_000_000L;
  private static final int GROUPS = 8;
  private static final int CREATORS = 40;
  private static final int PER_SECOND = 100;

  // ---- Outboxes

  private static KeyedBroadcastOperatorTestHarness<Long, OutboxInput, Control, OutboxWrite>
      outboxes(int parallelism, int subtask) throws Exception {
    var harness =
        new KeyedBroadcastOperatorTestHarness<Long, OutboxInput, Control, OutboxWrite>(
            new RebuildableOperator<>(
                new OutboxFunction(FeedOptions.DEFAULT), List.of(OutboxFunction.REBUILD_REQUESTED)),
            OutboxInput::creatorId,
            Types.LONG,
            GROUPS,
            parallelism,
            subtask);
    harness.setup(FanoutTypes.OUTBOX_WRITE.createSerializer(new SerializerConfigImpl()));
    return harness;
  }

  private static Control rebuild(long at) {
    return Control.newBuilder()
        .setJob("fanout")
        .setType(Control.Type.REBUILD)
        .setAt(at)
        .setPerSecond(PER_SECOND)
        .build();
  }

  /** Returns the snapshot of an outbox operator with a video of each creator. */
  private static OperatorSubtaskState withVideos() throws Exception {
    try (var harness = outboxes(1, 0)) {
      harness.open();
      for (int creator = 1; creator <= CREATORS; creator++) {
        Video video = Video.newBuilder().setVideoId(creator).setCreatorId(creator).build();
        harness.processElement(
            new OutboxInput(new VideoChange(creator, video, T0, VideoChange.Kind.SHOWN), T0), T0);
      }
      return harness.snapshot(1, T0);
    }
  }

  private static long creatorsWritten(List<OutboxWrite> out) {
    return out.stream()
        .filter(OutboxWrite.OfVideo.class::isInstance)
        .map(write -> ((OutboxWrite.OfVideo) write).write().video().creatorId())
        .distinct()
        .count();
  }

  private static List<Progress> progress(List<OutboxWrite> out) {
    return out.stream().filter(Progress.class::isInstance).map(Progress.class::cast).toList();
  }

  @Test
  void idleSubtasksRebuildAndReportAllOutboxes() throws Exception {
    OperatorSubtaskState videos = withVideos();
    try (var harness = outboxes(1, 0)) {
      harness.initializeState(videos);
      harness.open();
      harness.setProcessingTime(T0);
      harness.processBroadcastElement(rebuild(T0), T0);

      assertThat(harness.extractOutputValues())
          .containsExactly(new Begun(T0, PER_SECOND, true, GROUPS, GROUPS, CREATORS));
      harness.setProcessingTime(T0 + 10_000);
      List<OutboxWrite> out = harness.extractOutputValues();
      assertThat(out).hasSize(1 + 2 * CREATORS);
      for (int i = 1; i < out.size(); i += 2) {
        assertThat(out.get(i)).isInstanceOf(OutboxWrite.OfVideo.class);
        assertThat(out.get(i + 1)).isEqualTo(new OneDone(T0));
      }
      assertThat(creatorsWritten(out)).isEqualTo(CREATORS);
      assertThat(harness.numProcessingTimeTimers()).isZero();
    }
  }

  @Test
  void rebuildProgressSurvivesRescaling() throws Exception {
    OperatorSubtaskState half;
    List<OutboxWrite> all = new ArrayList<>();
    OperatorSubtaskState videos = withVideos();
    try (var harness = outboxes(1, 0)) {
      harness.initializeState(videos);
      harness.open();
      harness.setProcessingTime(T0);
      harness.processBroadcastElement(rebuild(T0), T0);
      harness.setProcessingTime(T0 + 1_000L * CREATORS / PER_SECOND / 2);
      half = harness.snapshot(2, T0);
      all.addAll(harness.extractOutputValues());
    }
    assertThat(creatorsWritten(all)).isStrictlyBetween(0L, (long) CREATORS);
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var harness = outboxes(2, subtask)) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                half, GROUPS, 1, 2, subtask));
        harness.open();
        // The same record again.
        harness.processBroadcastElement(rebuild(T0), T0);
        harness.setProcessingTime(T0 + 10_000);
        all.addAll(harness.extractOutputValues());
      }
    }
    assertThat(creatorsWritten(all)).isEqualTo(CREATORS);
    assertThat(feeds(progress(all))).hasSize(1);
  }

  // ---- Feeds

  /** Returns the requests after this progress; no state may be left. */
  private static List<Control> feeds(List<Progress> progress) throws Exception {
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<Long, Progress, Control>(
            new KeyedProcessOperator<>(new RebuildFunction()),
            made -> RebuildFunction.ALL,
            Types.LONG)) {
      harness.setup(
          ProtobufSerializer.typeOf(Control.class).createSerializer(new SerializerConfigImpl()));
      harness.open();
      harness.setProcessingTime(T0 + 5);
      for (Progress made : progress) {
        assertThat(harness.extractOutputValues()).isEmpty();
        harness.processElement(made, T0);
      }
      assertThat(harness.numKeyedStateEntries()).isZero();
      return harness.extractOutputValues();
    }
  }

  @Test
  void feedsAreRebuiltAfterAllOutboxes() throws Exception {
    assertThat(
            feeds(
                List.of(
                    new Begun(T0, 7, true, 5, GROUPS, 1),
                    new OneDone(T0),
                    new Begun(T0, 7, true, 3, GROUPS, 2),
                    new OneDone(T0),
                    new OneDone(T0))))
        .containsExactly(
            Control.newBuilder()
                .setJob("fanout")
                .setType(Control.Type.REBUILD_FEEDS)
                .setAt(T0 + 5)
                .setPerSecond(7)
                .build());
    assertThat(feeds(List.of(new Begun(T0, 7, true, GROUPS, GROUPS, 0)))).hasSize(1);
    assertThat(feeds(List.of(new Begun(T0, 7, false, GROUPS, GROUPS, 0)))).isEmpty();
  }

  @Test
  void newerRebuildsReplaceEarlierOnes() throws Exception {
    assertThat(
            feeds(
                List.of(
                    new Begun(T0, 7, true, 5, GROUPS, 2),
                    new Begun(T0, 7, true, 3, GROUPS, 1),
                    new OneDone(T0),
                    new Begun(T0 + 1, 9, true, 5, GROUPS, 2),
                    new OneDone(T0),
                    new OneDone(T0 + 1),
                    new OneDone(T0 + 1),
                    new Begun(T0 + 1, 9, true, 3, GROUPS, 0))))
        .extracting(Control::getPerSecond)
        .containsExactly(9);
  }
}
