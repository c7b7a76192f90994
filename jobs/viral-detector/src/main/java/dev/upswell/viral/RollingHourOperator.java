package dev.upswell.viral;

import com.google.protobuf.util.Timestamps;
import dev.upswell.contract.VideoState;
import dev.upswell.contract.events.HourlyViews;
import dev.upswell.contract.events.Video;
import dev.upswell.popularity.HourTotals;
import dev.upswell.popularity.Minutes;
import dev.upswell.popularity.VideoViews;
import dev.upswell.popularity.ViewCount;
import dev.upswell.popularity.forecast.ForecastAges;
import dev.upswell.popularity.tiers.CountHistogram;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Stores the rolling hour and the UTC hours of each video, and emits the changes at the end of each
 * minute.
 *
 * <p>Counts are buffered in memory until the end of their minute. Then each video with counts, or
 * that is due, is read, updated and written once, in the key order of RocksDB. So a video costs one
 * read and one write per minute, for any number of views and source subtasks.
 *
 * <p>Creator, publication and visibility come from the records of videos. They are copied into the
 * state of a video with views, and read once for it.
 */
final class RollingHourOperator extends AbstractStreamOperator<RollingHourSnapshot>
    implements TwoInputStreamOperator<ViewCount, Video, RollingHourSnapshot> {
  private static final long serialVersionUID = 1L;

  static final OutputTag<HourlyViews> HOURLY_VIEWS =
      new OutputTag<>("hourly-views", ViralTypes.HOURLY_VIEWS);
  static final OutputTag<MinuteReport> REPORTS = new OutputTag<>("findings", ViralTypes.FINDING);

  private static final ValueStateDescriptor<byte[]> VIEWS =
      new ValueStateDescriptor<>("views", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  private static final ListStateDescriptor<Integer> OVER =
      new ListStateDescriptor<>("over", Types.INT);

  private static final int[] NO_MINUTES = {};

  private final int lateness;
  private final int minForecastViews;
  private final int maxBuffered;
  private final Duration metadataTtl;

  private transient ValueState<byte[]> state;
  private transient VideoMetadataState metadata;
  private transient SpilledCounts spilled;
  private transient ListState<Integer> overState;
  private transient VideoViews video;
  private transient MinuteWheel wheel;
  private transient BufferedCounts waiting;
  private transient CountHistogram changes;

  /**
   * Views that were in time at the source, of hours that are final here. They come from a subtask
   * that resumed after it was idle. An hour is never emitted twice, so they count in the rolling
   * hour only.
   */
  private transient Counter lateAfterIdle;

  /** The closed minute. */
  private transient int closedMinute;

  /**
   * Creates the operator.
   *
   * @param lateness minutes after the end of an hour during which its views count
   * @param minForecastViews minimum views for a forecast
   * @param maxBuffered maximum buffered counts; more are spilled to state before their minute
   *     closes
   * @param metadataTtl lifetime of creator and visibility of a video without records and views
   */
  RollingHourOperator(int lateness, int minForecastViews, int maxBuffered, Duration metadataTtl) {
    this.lateness = lateness;
    this.minForecastViews = minForecastViews;
    this.maxBuffered = maxBuffered;
    this.metadataTtl = metadataTtl;
  }

  private DueVideo work(long videoId, @Nullable ViewCount count) {
    return new DueVideo(keyGroup(videoId), videoId, count);
  }

  private int keyGroup(long videoId) {
    int most = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
    return KeyGroupRangeAssignment.assignToKeyGroup(videoId, most);
  }

  private void takeBuffered(int minute, List<DueVideo> into) {
    for (ViewCount count : waiting.take(minute)) {
      into.add(work(count.videoId(), count));
    }
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    video = new VideoViews();
    wheel = new MinuteWheel();
    waiting = new BufferedCounts();
    changes = new CountHistogram();
    lateAfterIdle = getMetricGroup().counter("lateAfterIdle");
    state = context.getKeyedStateStore().getState(VIEWS);
    metadata = new VideoMetadataState(context.getKeyedStateStore(), metadataTtl);
    spilled = new SpilledCounts(context.getKeyedStateStore());
    overState = context.getOperatorStateStore().getUnionListState(OVER);
    closedMinute = Integer.MIN_VALUE;
    if (context.isRestored()) {
      // After a rescale some keys are a minute ahead; a second update changes nothing.
      closedMinute = Integer.MAX_VALUE;
      for (int minute : overState.get()) {
        closedMinute = Math.min(closedMinute, minute);
      }
      fillWheel();
      BufferedCounts.read(context.getRawKeyedStateInputs(), this::await);
    }
  }

  /** Declares that {@link BufferedCounts} writes the raw keyed state, not Flink's timers. */
  @Override
  protected boolean isUsingCustomRawKeyedState() {
    return true;
  }

  private void fillWheel() throws Exception {
    getKeyedStateBackend()
        .applyToAllKeys(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            VIEWS,
            (key, views) -> {
              video.read(views.value());
              wheel.add(video.dueMinute(), (Long) key);
            });
  }

  @Override
  public void processElement1(StreamRecord<ViewCount> element) throws Exception {
    ViewCount count = element.getValue();
    if (!count.late() && VideoViews.isClosed(count.minute(), closedMinute, lateness)) {
      lateAfterIdle.inc(count.views());
      count = count.asLate();
    }
    if (count.late() && count.minute() + Minutes.PER_HOUR <= closedMinute) {
      return;
    }
    await(count);
    if (waiting.size() >= maxBuffered) {
      spillToState();
    }
  }

  /** A video that is no longer public leaves its tier at once; all else waits for the minute. */
  @Override
  public void processElement2(StreamRecord<Video> element) throws IOException {
    Video record = element.getValue();
    long videoId = record.getVideoId();
    VideoState before = metadata.get();
    VideoState after = before.after(record);
    if (after.equals(before)) {
      return;
    }
    metadata.update(after);
    byte @Nullable [] views = state.value();
    if (views != null) {
      video.read(views);
      video.describe(after);
      if (closedMinute != Integer.MIN_VALUE) {
        schedule(videoId, Math.min(video.dueMinute(), closedMinute + 1), closedMinute);
      }
      state.update(video.toBytes());
    }
    if (before.isPublic() && !after.isPublic()) {
      output.collect(new StreamRecord<>(RollingHourSnapshot.hidden(videoId, closedMinute)));
    }
  }

  private void await(ViewCount count) {
    waiting.add(Math.max(count.minute(), closedMinute + 1), count);
  }

  /** Spills the buffered counts to state, due at the end of their minute. */
  private void spillToState() throws Exception {
    while (!waiting.isEmpty()) {
      int minute = waiting.firstMinute();
      List<DueVideo> dueVideos = new ArrayList<>();
      takeBuffered(minute, dueVideos);
      Collections.sort(dueVideos);
      for (int from = 0; from < dueVideos.size(); ) {
        int to = endOfVideo(dueVideos, from);
        long videoId = dueVideos.get(from).videoId();
        load(videoId);
        spilled.add(video, minute, countsOf(dueVideos.subList(from, to)));
        schedule(videoId, Math.min(video.dueMinute(), minute), closedMinute);
        state.update(video.toBytes());
        from = to;
      }
    }
  }

  private static List<ViewCount> countsOf(List<DueVideo> videos) {
    List<ViewCount> counts = new ArrayList<>(videos.size());
    for (DueVideo due : videos) {
      if (due.count() != null) {
        counts.add(due.count());
      }
    }
    return counts;
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    overState.update(List.of(closedMinute));
    waiting.writeTo(context.getRawKeyedOperatorStateOutput(), this::keyGroup);
  }

  @Override
  public void processWatermark(Watermark watermark) throws Exception {
    int last = Minutes.closedBy(watermark.getTimestamp());
    int next = nextMinute();
    while (next <= last && next != Integer.MAX_VALUE) {
      update(next);
      next = nextMinute();
    }
    closedMinute = Math.max(closedMinute, last);
    super.processWatermark(watermark);
  }

  /**
   * Combines the status of both inputs, and emits the watermark but not the status. Otherwise a
   * minute could be decided without a subtask that still counts as idle.
   */
  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int index) throws Exception {
    if (combinedWatermark.updateStatus(index, status.isIdle())) {
      processWatermark(new Watermark(combinedWatermark.getCombinedWatermark()));
    }
  }

  private int nextMinute() {
    return Math.min(wheel.first(), waiting.firstMinute());
  }

  // ---- The end of a minute

  private void update(int minute) throws Exception {
    List<DueVideo> dueVideos = new ArrayList<>();
    for (long videoId : wheel.take(minute)) {
      dueVideos.add(work(videoId, null));
    }
    takeBuffered(minute, dueVideos);
    Collections.sort(dueVideos);
    for (int from = 0; from < dueVideos.size(); ) {
      int to = endOfVideo(dueVideos, from);
      update(minute, dueVideos, from, to);
      from = to;
    }
    if (!changes.isEmpty()) {
      output.collect(REPORTS, at(minute, new MinuteReport.Counts(minute, changes.toInts())));
      changes.clear();
    }
  }

  private void update(int minute, List<DueVideo> dueVideos, int from, int to) throws Exception {
    long videoId = dueVideos.get(from).videoId();
    load(videoId);
    boolean hadSpilled = spilled.take(video, minute);
    boolean active = addAll(dueVideos, from, to) || hadSpilled;
    if (!active && video.dueMinute() != minute) {
      return;
    }
    int before = video.counted();
    int views = video.count(minute);
    changes.move(before, views);
    // A video without views waits for no criteria.
    if (video.isPublic() && (before != views || views > 0)) {
      emitReports(videoId, minute);
    }
    video.closeHours(
        minute, lateness, hour -> output.collect(HOURLY_VIEWS, published(videoId, hour)));
    if (video.isEmpty()) {
      state.clear();
      return;
    }
    schedule(videoId, nextChange(minute), minute);
    state.update(video.toBytes());
  }

  private void emitReports(long videoId, int minute) {
    int[] firstMinutes =
        video.counted() < minForecastViews
            ? NO_MINUTES
            : video.firstHour(minute).orElse(NO_MINUTES);
    if (firstMinutes.length == ForecastAges.HOUR) {
      output.collect(
          REPORTS, at(minute, new MinuteReport.FirstHour(minute, videoId, firstMinutes)));
    }
    output.collect(
        at(
            minute,
            new RollingHourSnapshot(
                videoId,
                minute,
                video.counted(),
                video.distinctShare(minute),
                firstMinutes,
                false)));
  }

  /**
   * Returns the next due minute. A young video is due at an age of one hour, as a training example.
   */
  private int nextChange(int minute) {
    int next = video.nextChange(minute, lateness);
    int hourOld = video.hourOldAt();
    return hourOld > minute
            && hourOld < minute + ForecastAges.HOUR
            && video.counted() >= minForecastViews
        ? Math.min(next, hourOld)
        : next;
  }

  private StreamRecord<HourlyViews> published(long videoId, HourTotals hour) {
    long start = (long) hour.hour() * Minutes.PER_HOUR * Minutes.MILLIS;
    return new StreamRecord<>(
        HourlyViews.newBuilder()
            .setVideoId(videoId)
            .setCreatorId(video.creatorId())
            .setHourStart(Timestamps.fromMillis(start))
            .setViews(hour.views())
            .setDistinctViewers(hour.distinctViewers())
            .setWatchMs(hour.watchMs())
            .build(),
        start);
  }

  private static <T> StreamRecord<T> at(int minute, T value) {
    return new StreamRecord<>(value, Minutes.end(minute));
  }

  // ---- A video

  private static int endOfVideo(List<DueVideo> dueVideos, int from) {
    int to = from + 1;
    while (to < dueVideos.size() && dueVideos.get(to).videoId() == dueVideos.get(from).videoId()) {
      to++;
    }
    return to;
  }

  private void load(long videoId) throws IOException {
    setCurrentKey(videoId);
    byte @Nullable [] packed = state.value();
    if (packed == null) {
      video.clear();
    } else {
      video.read(packed);
    }
    if (!video.isKnown()) {
      video.describe(metadata.get());
    }
  }

  /** Adds the counts of a video. Returns whether there are any. */
  private boolean addAll(List<DueVideo> dueVideos, int from, int to) {
    boolean any = false;
    for (int i = from; i < to; i++) {
      ViewCount count = dueVideos.get(i).count();
      if (count != null) {
        video.add(count);
        any = true;
      }
    }
    return any;
  }

  /**
   * Makes a video due.
   *
   * @param processedMinute the last processed minute, after which it is no longer in the wheel
   */
  private void schedule(long videoId, int minute, int processedMinute) {
    if (minute != video.dueMinute() || video.dueMinute() <= processedMinute) {
      wheel.add(minute, videoId);
      video.dueAt(minute);
    }
  }
}
