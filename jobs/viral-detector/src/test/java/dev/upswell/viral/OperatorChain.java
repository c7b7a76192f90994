package dev.upswell.viral;

import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.HourlyViews;
import dev.upswell.contract.events.Promotion;
import dev.upswell.contract.events.Video;
import dev.upswell.popularity.Minutes;
import dev.upswell.popularity.ViewCount;
import dev.upswell.popularity.forecast.ForecastSettings;
import dev.upswell.popularity.tiers.TierRule;
import dev.upswell.popularity.tiers.TierSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** The operators behind the combiner, one subtask each, connected by hand. */
final class OperatorChain implements AutoCloseable {
  static final int LATENESS = 10;
  static final long CREATOR = 7;

  private final TierSettings tiers;
  private final ForecastSettings forecasts;
  private final int maxBuffered;
  private final List<HourlyViews> hourlyViews = new ArrayList<>();
  private final List<Promotion> promotions = new ArrayList<>();
  private final List<TierUpdate> updates = new ArrayList<>();

  /** Videos with a record; their metadata stays in the state. */
  private final Set<Long> published = new HashSet<>();

  private KeyedTwoInputStreamOperatorTestHarness<Long, ViewCount, Video, RollingHourSnapshot> hours;
  private KeyedOneInputStreamOperatorTestHarness<Integer, MinuteReport, TierCriteria> criteria;
  private KeyedTwoInputStreamOperatorTestHarness<
          Long, RollingHourSnapshot, TierCriteria, TierUpdate>
      decisions;

  /** Snapshots of all operators. */
  record Saved(
      OperatorSubtaskState hours,
      OperatorSubtaskState criteria,
      OperatorSubtaskState decisions,
      int hourlyViews,
      int promotions) {}

  OperatorChain(TierSettings tiers, ForecastSettings forecasts) throws Exception {
    this(tiers, forecasts, Integer.MAX_VALUE);
  }

  /** With room for so many counts that wait. */
  OperatorChain(TierSettings tiers, ForecastSettings forecasts, int maxBuffered) throws Exception {
    this.maxBuffered = maxBuffered;
    this.tiers = tiers;
    this.forecasts = forecasts;
    start(Optional.empty());
  }

  private void start(Optional<Saved> saved) throws Exception {
    hours =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new RollingHourOperator(
                LATENESS, forecasts.minimum(), maxBuffered, Duration.ofDays(90)),
            ViewCount::videoId,
            Video::getVideoId,
            Types.LONG);
    criteria =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new TierCriteriaFunction(tiers, forecasts)),
            finding -> TierCriteriaFunction.ALL,
            Types.INT);
    decisions =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new TierOperator(new TierRule(tiers)), RollingHourSnapshot::videoId, null, Types.LONG);
    SerializerConfigImpl config = new SerializerConfigImpl();
    hours.setup(ViralTypes.ROLLING_HOUR.createSerializer(config));
    criteria.setup(ViralTypes.TIER_CRITERIA.createSerializer(config));
    decisions.setup(ViralTypes.TIER_UPDATE.createSerializer(config));
    if (saved.isPresent()) {
      hours.initializeState(saved.get().hours());
      criteria.initializeState(saved.get().criteria());
      decisions.initializeState(saved.get().decisions());
    }
    hours.open();
    criteria.open();
    decisions.open();
  }

  /** Counts views of a video, which is published if it is not yet. */
  void count(ViewCount count) throws Exception {
    if (!published.contains(count.videoId())) {
      publish(count.videoId());
    }
    countUnpublished(count);
  }

  void countUnpublished(ViewCount count) throws Exception {
    hours.processElement1(new StreamRecord<>(count, Minutes.end(count.minute())));
  }

  void publish(long videoId) throws Exception {
    read(
        Video.newBuilder()
            .setVideoId(videoId)
            .setCreatorId(CREATOR)
            .setType(Video.Type.PUBLISHED)
            .setAt(VideoIds.millisOf(videoId))
            .build());
  }

  /** Reads a record of a video. */
  void read(Video record) throws Exception {
    published.add(record.getVideoId());
    hours.processElement2(new StreamRecord<>(record));
    passOn();
    takeDecisions();
  }

  /** The minute is over for everyone. */
  void pass(int minute) throws Exception {
    passHours(minute);
    passStandards(minute);
  }

  /** It is over for this subtask of the first operator, but not for all others. */
  void passHours(int minute) throws Exception {
    hours.processBothWatermarks(new Watermark(Minutes.end(minute)));
    passOn();
  }

  private void passOn() throws Exception {
    for (MinuteReport finding : take(hours, RollingHourOperator.REPORTS)) {
      criteria.processElement(finding, Minutes.end(finding.minute()));
    }
    hourlyViews.addAll(take(hours, RollingHourOperator.HOURLY_VIEWS));
    for (RollingHourSnapshot hour : hours.extractOutputValues()) {
      decisions.processElement1(new StreamRecord<>(hour, Minutes.end(hour.minute())));
    }
    hours.getOutput().clear();
  }

  private void passStandards(int minute) throws Exception {
    criteria.processWatermark(Minutes.end(minute));
    for (TierCriteria emitted : criteria.extractOutputValues()) {
      decisions.processElement2(new StreamRecord<>(emitted));
    }
    criteria.getOutput().clear();
    decide(minute);
  }

  private void decide(int minute) throws Exception {
    decisions.processWatermark1(new Watermark(Minutes.end(minute)));
    decisions.processWatermark2(new Watermark(Minutes.end(minute)));
    takeDecisions();
  }

  private void takeDecisions() {
    promotions.addAll(take(decisions, TierOperator.PROMOTIONS));
    updates.addAll(decisions.extractOutputValues());
    decisions.getOutput().clear();
  }

  private static <T> List<T> take(AbstractStreamOperatorTestHarness<?> harness, OutputTag<T> tag) {
    Queue<StreamRecord<T>> side = harness.getSideOutput(tag);
    if (side == null) {
      return List.of();
    }
    List<T> all = side.stream().map(StreamRecord::getValue).toList();
    side.clear();
    return all;
  }

  Saved save(long checkpoint) throws Exception {
    hours.prepareSnapshotPreBarrier(checkpoint);
    return new Saved(
        hours.snapshot(checkpoint, checkpoint),
        criteria.snapshot(checkpoint, checkpoint),
        decisions.snapshot(checkpoint, checkpoint),
        hourlyViews.size(),
        promotions.size());
  }

  /** Stops all operators like a crash, and restores the snapshots. */
  void restore(Saved saved) throws Exception {
    close();
    hourlyViews.subList(saved.hourlyViews(), hourlyViews.size()).clear();
    promotions.subList(saved.promotions(), promotions.size()).clear();
    start(Optional.of(saved));
    // Records are read again.
    for (long videoId : List.copyOf(published)) {
      publish(videoId);
    }
  }

  List<HourlyViews> hourlyViews() {
    return hourlyViews;
  }

  List<Promotion> promotions() {
    return promotions;
  }

  List<TierUpdate> updates() {
    return updates;
  }

  /** Entries in the state of all videos, except their metadata. */
  int entries() {
    return hours.numKeyedStateEntries() + decisions.numKeyedStateEntries() - published.size();
  }

  @Override
  public void close() throws Exception {
    hours.close();
    criteria.close();
    decisions.close();
  }
}
