package dev.upswell.trending;

import com.google.protobuf.util.Timestamps;
import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.TrendingList;
import dev.upswell.contract.events.Video;
import dev.upswell.contract.events.View;
import dev.upswell.popularity.trending.ScopeLists;
import dev.upswell.popularity.trending.Slots;
import dev.upswell.popularity.trending.TrendCount;
import dev.upswell.popularity.trending.TrendingSettings;
import dev.upswell.views.combine.CombinerOperator;
import dev.upswell.views.source.ViewRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** All operators of the job between sources and sinks, some subtasks each, connected by hand. */
final class TrendingChain implements AutoCloseable {
  static final List<String> DEVICES = List.of("android", "ios");
  static final Duration METADATA_TTL = Duration.ofDays(90);
  private static final Duration LISTS_TTL = Duration.ofDays(2);
  private static final int MOST = 128;
  private static final int REMEMBERED = 100_000;

  private final TrendingSettings settings;
  private final int plays;
  private int subtasks;

  /** Emitted lists of each scope by time; readers see the last one. */
  private final Map<String, NavigableMap<Long, TrendingList>> published = new HashMap<>();

  private List<OneInputStreamOperatorTestHarness<ViewRecord, Contribution>> viewCaps = List.of();
  private List<OneInputStreamOperatorTestHarness<Engagement, Contribution>> otherCaps = List.of();
  private List<OneInputStreamOperatorTestHarness<Contribution, TrendCount>> viewSums = List.of();
  private List<OneInputStreamOperatorTestHarness<Contribution, TrendCount>> otherSums = List.of();
  private List<KeyedTwoInputStreamOperatorTestHarness<Long, TrendCount, Video, VideoUpdate>>
      videos = List.of();
  private List<KeyedOneInputStreamOperatorTestHarness<Long, VideoUpdate, ScopeLists>> scores =
      List.of();
  private List<
          KeyedTwoInputStreamOperatorTestHarness<String, ScopeLists, HiddenVideo, TrendingList>>
      lists = List.of();

  /** Snapshots of all operators. */
  record Saved(
      int subtasks,
      OperatorSubtaskState viewCaps,
      OperatorSubtaskState otherCaps,
      OperatorSubtaskState viewSums,
      OperatorSubtaskState otherSums,
      OperatorSubtaskState videos,
      OperatorSubtaskState scores,
      OperatorSubtaskState lists) {}

  TrendingChain(TrendingSettings settings, int plays, int subtasks) throws Exception {
    this.settings = settings;
    this.plays = plays;
    start(subtasks, Optional.empty());
  }

  private void start(int number, Optional<Saved> saved) throws Exception {
    subtasks = number;
    int table = 4;
    viewCaps =
        all(
            i -> one(new ViewCapOperator(settings.weights(), DEVICES, plays, REMEMBERED), i),
            TrendingTypes.CONTRIBUTION,
            saved,
            Saved::viewCaps);
    otherCaps =
        all(
            i -> one(new EngagementCapOperator(settings, REMEMBERED), i),
            TrendingTypes.CONTRIBUTION,
            saved,
            Saved::otherCaps);
    viewSums = all(i -> one(sums(table), i), TrendingTypes.TREND_COUNT, saved, Saved::viewSums);
    otherSums = all(i -> one(sums(table), i), TrendingTypes.TREND_COUNT, saved, Saved::otherSums);
    videos =
        all(
            i ->
                new KeyedTwoInputStreamOperatorTestHarness<>(
                    new VideoMetadataOperator(METADATA_TTL),
                    TrendCount::videoId,
                    Video::getVideoId,
                    Types.LONG,
                    MOST,
                    subtasks,
                    i),
            TrendingTypes.VIDEO_UPDATE,
            saved,
            Saved::videos);
    scores =
        all(
            i ->
                new KeyedOneInputStreamOperatorTestHarness<>(
                    new ScoreOperator(settings, DEVICES),
                    VideoUpdate::creatorId,
                    Types.LONG,
                    MOST,
                    subtasks,
                    i),
            TrendingTypes.SCOPE_LISTS,
            saved,
            Saved::scores);
    lists =
        all(
            i ->
                new KeyedTwoInputStreamOperatorTestHarness<>(
                    new ListMergeOperator(settings, LISTS_TTL),
                    ScopeLists::scope,
                    null,
                    Types.STRING,
                    MOST,
                    subtasks,
                    i),
            TrendingTypes.TRENDING_LIST,
            saved,
            Saved::lists);
  }

  private static CombinerOperator<Contribution, TrendCount> sums(int table) {
    return new CombinerOperator<>(
        Duration.ofMillis(Slots.MILLIS),
        () -> new TrendCombiner(table),
        new TrendCountStateFormat());
  }

  private <I, O> OneInputStreamOperatorTestHarness<I, O> one(
      OneInputStreamOperator<I, O> operator, int index) throws Exception {
    return new OneInputStreamOperatorTestHarness<>(operator, MOST, subtasks, index);
  }

  @FunctionalInterface
  private interface Making<H> {
    H of(int index) throws Exception;
  }

  @FunctionalInterface
  private interface Part {
    OperatorSubtaskState of(Saved saved);
  }

  private <O, H extends AbstractStreamOperatorTestHarness<O>> List<H> all(
      Making<H> making, TypeInformation<O> type, Optional<Saved> saved, Part part)
      throws Exception {
    List<H> harnesses = new ArrayList<>();
    for (int i = 0; i < subtasks; i++) {
      H harness = making.of(i);
      harness.setup(type.createSerializer(new SerializerConfigImpl()));
      if (saved.isPresent()) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                part.of(saved.get()), MOST, saved.get().subtasks(), subtasks, i));
      }
      harness.open();
      harnesses.add(harness);
    }
    return harnesses;
  }

  // ---- What happens

  /** A view comes, on the subtask that its viewer's partition is on. */
  void view(View view) throws Exception {
    int i = (int) (view.getViewerId() % subtasks);
    ViewRecord record = ViewRecord.ofView(view.toByteArray(), false);
    viewCaps.get(i).processElement(record, view.getViewedAt());
    pass(viewCaps.get(i), viewSums.get(i));
  }

  void engage(Engagement engagement) throws Exception {
    int i = (int) (engagement.getViewerId() % subtasks);
    otherCaps.get(i).processElement(engagement, engagement.getAt());
    pass(otherCaps.get(i), otherSums.get(i));
  }

  private void pass(
      AbstractStreamOperatorTestHarness<Contribution> caps,
      OneInputStreamOperatorTestHarness<Contribution, TrendCount> sums)
      throws Exception {
    for (Contribution contribution : caps.extractOutputValues()) {
      sums.processElement(contribution, 0);
    }
    caps.getOutput().clear();
    score(sums);
  }

  private void score(OneInputStreamOperatorTestHarness<Contribution, TrendCount> sums)
      throws Exception {
    for (TrendCount count : sums.extractOutputValues()) {
      int i = subtask(count.videoId());
      videos.get(i).processElement1(new StreamRecord<>(count, Slots.end(count.slot())));
      scoreUpdates(i);
    }
    sums.getOutput().clear();
  }

  private void scoreUpdates(int i) throws Exception {
    for (VideoUpdate update : videos.get(i).extractOutputValues()) {
      scores.get(subtask(update.creatorId())).processElement(update, 0);
    }
    videos.get(i).getOutput().clear();
  }

  private int subtask(Object key) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, MOST, subtasks);
  }

  void say(Video video) throws Exception {
    int i = subtask(video.getVideoId());
    videos.get(i).processElement2(new StreamRecord<>(video, video.getAt()));
    scoreUpdates(i);
  }

  /** Advances processing time. */
  void advance(Duration time) throws Exception {
    for (var each : videos) {
      each.setStateTtlProcessingTime(time.toMillis());
      each.setProcessingTime(time.toMillis());
    }
  }

  /** A slot is over for everyone. */
  void pass(int slot) throws Exception {
    for (var each : viewCaps) {
      each.processWatermark(Slots.end(slot));
    }
    for (var each : otherCaps) {
      each.processWatermark(Slots.end(slot));
    }
    for (var sums : List.of(viewSums, otherSums)) {
      for (var each : sums) {
        each.processWatermark(Slots.end(slot));
        score(each);
      }
    }
    for (int i = 0; i < subtasks; i++) {
      videos.get(i).processWatermark1(new Watermark(Slots.end(slot)));
      videos.get(i).processWatermark2(new Watermark(Slots.end(slot)));
      scoreUpdates(i);
    }
    for (var each : scores) {
      each.processWatermark(Slots.end(slot));
      merge(each);
    }
    for (var each : lists) {
      each.processWatermark1(new Watermark(Slots.end(slot)));
      each.processWatermark2(new Watermark(Slots.end(slot)));
      each.extractOutputValues().forEach(this::publish);
      each.getOutput().clear();
    }
  }

  private void merge(KeyedOneInputStreamOperatorTestHarness<Long, VideoUpdate, ScopeLists> score)
      throws Exception {
    for (ScopeLists part : score.extractOutputValues()) {
      lists
          .get(subtask(part.scope()))
          .processElement1(new StreamRecord<>(part, Slots.end(part.slot())));
    }
    score.getOutput().clear();
    Queue<StreamRecord<HiddenVideo>> hidden = score.getSideOutput(ScoreOperator.HIDDEN_VIDEOS);
    if (hidden != null) {
      for (StreamRecord<HiddenVideo> video : hidden) {
        for (var each : lists) {
          each.processElement2(video);
        }
      }
      hidden.clear();
    }
  }

  /** A list is the same whenever it is emitted, so either of two may stay. */
  private void publish(TrendingList list) {
    TrendingList before =
        published
            .computeIfAbsent(list.getScope(), unknown -> new TreeMap<>())
            .put(Timestamps.toMillis(list.getAt()), list);
    if (before != null && !before.equals(list)) {
      throw new AssertionError("another list for the same time: " + before + " / " + list);
    }
  }

  Map<String, NavigableMap<Long, TrendingList>> published() {
    return published;
  }

  // ---- Failures

  Saved save(long checkpoint) throws Exception {
    return new Saved(
        subtasks,
        snapshot(viewCaps, checkpoint),
        snapshot(otherCaps, checkpoint),
        snapshot(viewSums, checkpoint),
        snapshot(otherSums, checkpoint),
        snapshot(videos, checkpoint),
        snapshot(scores, checkpoint),
        snapshot(lists, checkpoint));
  }

  private static OperatorSubtaskState snapshot(
      List<? extends AbstractStreamOperatorTestHarness<?>> harnesses, long checkpoint)
      throws Exception {
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (AbstractStreamOperatorTestHarness<?> harness : harnesses) {
      harness.prepareSnapshotPreBarrier(checkpoint);
      states.add(harness.snapshot(checkpoint, checkpoint));
    }
    return AbstractStreamOperatorTestHarness.repackageState(
        states.toArray(OperatorSubtaskState[]::new));
  }

  /** Stops all subtasks like a crash, and restores with another number of subtasks. */
  void restore(Saved saved, int number) throws Exception {
    close();
    start(number, Optional.of(saved));
  }

  /** Entries in the state of scores and lists. */
  int entries() {
    return scores.stream().mapToInt(each -> each.numKeyedStateEntries()).sum()
        + lists.stream().mapToInt(each -> each.numKeyedStateEntries()).sum();
  }

  @Override
  public void close() throws Exception {
    for (var harnesses : List.of(viewCaps, otherCaps, viewSums, otherSums, videos, scores, lists)) {
      for (AbstractStreamOperatorTestHarness<?> harness : harnesses) {
        harness.close();
      }
    }
  }
}
