package dev.upswell.viral;

import com.google.protobuf.util.Timestamps;
import dev.upswell.contract.events.Promotion;
import dev.upswell.contract.events.Tier;
import dev.upswell.contract.redis.RecentViewsValue;
import dev.upswell.contract.redis.TierValue;
import dev.upswell.popularity.Minutes;
import dev.upswell.popularity.forecast.Forecast;
import dev.upswell.popularity.forecast.ForecastAges;
import dev.upswell.popularity.forecast.ForecastModel;
import dev.upswell.popularity.tiers.TierAssignment;
import dev.upswell.popularity.tiers.TierRule;
import dev.upswell.popularity.tiers.TierSignals;
import dev.upswell.popularity.tiers.TierThresholds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Assigns each video a tier from this minute's criteria.
 *
 * <p>Thresholds depend on all videos, so the criteria of a minute arrive on another stream than its
 * videos. Both are buffered until the watermarks of both streams pass the minute. So their order
 * does not matter, and the same log gives the same promotions.
 *
 * <p>Falling thresholds promote videos without new views. So all active videos are in memory as
 * well, about 150 bytes each, and are checked once a minute. They are restored from state after a
 * failure.
 */
final class TierOperator extends AbstractStreamOperator<TierUpdate>
    implements TwoInputStreamOperator<RollingHourSnapshot, TierCriteria, TierUpdate> {
  private static final long serialVersionUID = 1L;

  static final OutputTag<Promotion> PROMOTIONS =
      new OutputTag<>("promotions", ViralTypes.PROMOTION);

  /** Minutes after which a tier is refreshed, so that it does not expire in Redis. */
  private static final int REPEAT_MINUTES = 60;

  /** Minutes by which subtasks are never apart when state is written. */
  private static final int PAST_MINUTES = 10;

  private final TierRule rule;

  private transient TierState state;
  private transient Map<Long, ActiveVideo> videos;
  private transient TreeMap<Integer, List<RollingHourSnapshot>> hours;
  private transient TreeMap<Integer, TierCriteria> criteria;

  /**
   * Criteria of the last minutes. Another subtask may not have applied them when the state is
   * written.
   */
  private transient Deque<TierCriteria> past;

  private transient ForecastOutcomes outcomes;

  /** The last minute that was decided. */
  private transient int decided;

  TierOperator(TierRule rule) {
    this.rule = rule;
  }

  /** A video with views, or in a higher tier. */
  record ActiveVideo(TierSignals signals, TierAssignment assignment) {
    static final ActiveVideo NOT = new ActiveVideo(TierSignals.NONE, TierAssignment.ORIGIN);

    boolean isOver() {
      return signals.views() == 0 && assignment.tier() == Tier.ORIGIN;
    }
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state = new TierState(context);
    videos = new HashMap<>();
    hours = new TreeMap<>();
    criteria = new TreeMap<>();
    past = new ArrayDeque<>();
    outcomes = new ForecastOutcomes(getMetricGroup());
    decided = Integer.MIN_VALUE;
    getMetricGroup().<Integer, Gauge<Integer>>gauge("videos", videos::size);
    if (context.isRestored()) {
      decided = state.decided();
      state.restoreVideos(getKeyedStateBackend(), videos, hour -> wait(hour));
      state.restoreStandards(criteria);
      // This subtask had applied it, the previous subtask of some videos had not: applying it again
      // is harmless.
      criteria.headMap(decided, true).clear();
    }
  }

  @Override
  public void processElement1(StreamRecord<RollingHourSnapshot> element) throws Exception {
    RollingHourSnapshot hour = element.getValue();
    if (hour.hidden()) {
      hide(hour.videoId());
    } else {
      wait(hour);
    }
  }

  /** Moves a video to the origin without waiting for criteria; its views are not public either. */
  private void hide(long videoId) throws Exception {
    hours.values().forEach(waiting -> waiting.removeIf(hour -> hour.videoId() == videoId));
    ActiveVideo video = videos.remove(videoId);
    if (video == null) {
      return;
    }
    state.evict();
    // After every decision so far and before the next one: versions of a video only grow.
    long version = Minutes.end(decided) + 1;
    output.collect(
        new StreamRecord<>(
            new TierUpdate.ActiveVideo(videoId, new RecentViewsValue(version, 0, 0, 0)), version));
    TierAssignment before = video.assignment();
    if (before.tier() == Tier.ORIGIN) {
      return;
    }
    Promotion promotion =
        Promotion.newBuilder()
            .setVideoId(videoId)
            .setFrom(before.tier())
            .setTo(Tier.ORIGIN)
            .setReason(Promotion.Reason.HIDDEN)
            .setAt(Timestamps.fromMillis(version))
            .setVersion(version)
            .build();
    output.collect(PROMOTIONS, new StreamRecord<>(promotion, version));
    TierValue origin = new TierValue(version, Tier.ORIGIN, Promotion.Reason.HIDDEN);
    output.collect(new StreamRecord<>(new TierUpdate.Assigned(videoId, origin), version));
  }

  private void wait(RollingHourSnapshot hour) {
    hours
        .computeIfAbsent(Math.max(hour.minute(), decided + 1), none -> new ArrayList<>())
        .add(hour);
  }

  @Override
  public void processElement2(StreamRecord<TierCriteria> element) {
    TierCriteria emitted = element.getValue();
    criteria.put(emitted.thresholds().minute(), emitted);
  }

  @Override
  public void processWatermark(Watermark watermark) throws Exception {
    int closedMinute = Minutes.closedBy(watermark.getTimestamp());
    while (!criteria.isEmpty() && criteria.firstKey() <= closedMinute) {
      decide(criteria.pollFirstEntry().getValue());
    }
    super.processWatermark(watermark);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state.storeWaiting(this::setCurrentKey, hours.values());
    state.storeStandards(past, criteria.values(), decided);
  }

  // ---- The end of a minute

  private void decide(TierCriteria emitted) throws Exception {
    int minute = emitted.thresholds().minute();
    TierThresholds thresholds = emitted.thresholds();
    ForecastModel model = ForecastModel.of(emitted.model());
    while (!hours.isEmpty() && hours.firstKey() <= minute) {
      for (RollingHourSnapshot hour : hours.pollFirstEntry().getValue()) {
        watch(hour, model);
      }
    }
    for (Iterator<Map.Entry<Long, ActiveVideo>> all = videos.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<Long, ActiveVideo> video = all.next();
      decide(video, thresholds);
      if (video.getValue().isOver()) {
        setCurrentKey(video.getKey());
        state.evict();
        all.remove();
      }
    }
    decided = Math.max(decided, minute);
    past.add(emitted);
    if (past.size() > PAST_MINUTES) {
      past.remove();
    }
  }

  private void watch(RollingHourSnapshot hour, ForecastModel model) throws Exception {
    Optional<Forecast> forecast = forecast(hour.firstMinutes(), model);
    TierSignals signals =
        new TierSignals(
            hour.views(),
            hour.distinctShare(),
            forecast.map(found -> number(found.views())).orElse(0),
            forecast.map(found -> number(found.lower())).orElse(0));
    TierAssignment assignment = videos.getOrDefault(hour.videoId(), ActiveVideo.NOT).assignment();
    keep(hour.videoId(), new ActiveVideo(signals, assignment));
    output.collect(
        update(
            hour.minute(),
            new TierUpdate.ActiveVideo(
                hour.videoId(),
                new RecentViewsValue(
                    Minutes.end(hour.minute()),
                    signals.views(),
                    signals.forecast(),
                    signals.forecastAtLeast()))));
  }

  private Optional<Forecast> forecast(int[] firstMinutes, ForecastModel model) {
    int age = firstMinutes.length;
    return age < ForecastAges.FIRST || age > ForecastAges.LAST
        ? Optional.empty()
        : model.forecast(ForecastAges.cumulative(firstMinutes), age);
  }

  private void decide(Map.Entry<Long, ActiveVideo> video, TierThresholds thresholds)
      throws Exception {
    int minute = thresholds.minute();
    long videoId = video.getKey();
    ActiveVideo active = video.getValue();
    TierAssignment before = active.assignment();
    TierAssignment after = rule.after(before, active.signals(), thresholds, minute);
    if (!after.equals(before)) {
      video.setValue(new ActiveVideo(active.signals(), after));
      setCurrentKey(videoId);
      state.update(video.getValue());
    }
    boolean changed = after.since() != before.since();
    if (changed) {
      outcomes.count(before, after, minute);
      output.collect(
          PROMOTIONS,
          update(minute, promotion(videoId, before, after, active.signals(), thresholds)));
    }
    boolean again = after.tier() != Tier.ORIGIN && (minute - after.since()) % REPEAT_MINUTES == 0;
    if (changed || again) {
      output.collect(
          update(
              minute,
              new TierUpdate.Assigned(
                  videoId,
                  new TierValue(Minutes.end(after.since()), after.tier(), after.reason()))));
    }
  }

  private static Promotion promotion(
      long videoId,
      TierAssignment before,
      TierAssignment after,
      TierSignals signals,
      TierThresholds thresholds) {
    long at = Minutes.end(thresholds.minute());
    return Promotion.newBuilder()
        .setVideoId(videoId)
        .setFrom(before.tier())
        .setTo(after.tier())
        .setReason(after.reason())
        .setViewsLastHour(signals.views())
        .setForecast(signals.forecast())
        .setForecastAtLeast(signals.forecastAtLeast())
        .setDistinctShare(signals.distinctShare())
        .setEdgeFrom(thresholds.edgeFrom())
        .setRegionalFrom(thresholds.regionalFrom())
        .setAt(Timestamps.fromMillis(at))
        .setVersion(at)
        .build();
  }

  private void keep(long videoId, ActiveVideo active) throws Exception {
    videos.put(videoId, active);
    setCurrentKey(videoId);
    state.update(active);
  }

  private static <T> StreamRecord<T> update(int minute, T value) {
    return new StreamRecord<>(value, Minutes.end(minute));
  }

  private static int number(double views) {
    return (int) Math.min(Integer.MAX_VALUE, Math.round(views));
  }
}
