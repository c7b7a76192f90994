package dev.upswell.viral;

import com.google.protobuf.util.Timestamps;
import dev.upswell.contract.VideoIds;
import dev.upswell.contract.events.HourlyViews;
import dev.upswell.popularity.HourTotals;
import dev.upswell.popularity.Minutes;
import dev.upswell.popularity.VideoViews;
import dev.upswell.popularity.ViewCount;
import dev.upswell.popularity.ViewerCounts;
import dev.upswell.popularity.forecast.ForecastAges;
import dev.upswell.popularity.tiers.CountHistogram;
import java.io.IOException;
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
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Stores the rolling hour and the UTC hours of each video, and emits the changes at the end of each
 * minute.
 *
 * <p>Counts are buffered in memory until the end of their minute. Then each video with counts, or
 * that is due, is read, updated and written once, in the key order of RocksDB. So a video costs one
 * read and one write per minute, for any number of views and source subtasks.
 */
final class RollingHourOperator extends AbstractStreamOperator<RollingHourSnapshot>
    implements OneInputStreamOperator<ViewCount, RollingHourSnapshot> {
  private static final long serialVersionUID = 1L;

  static final OutputTag<HourlyViews> HOURLY_VIEWS =
      new OutputTag<>("hourly-views", ViralTypes.HOURLY_VIEWS);
  static final OutputTag<MinuteReport> FINDINGS = new OutputTag<>("findings", ViralTypes.FINDING);

  private static final ValueStateDescriptor<byte[]> VIEWS =
      new ValueStateDescriptor<>("views", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
  private static final ListStateDescriptor<Integer> OVER =
      new ListStateDescriptor<>("over", Types.INT);

  private static final int[] NO_MINUTES = {};

  private final int lateness;
  private final int forecastFrom;
  private final int mostWaiting;

  private transient ValueState<byte[]> state;
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
  private transient int over;

  /**
   * Creates the operator.
   *
   * @param lateness minutes after the end of an hour during which its views count
   * @param forecastFrom minimum views for a forecast
   * @param mostWaiting maximum buffered counts; more are spilled to state before their minute
   *     closes
   */
  RollingHourOperator(int lateness, int forecastFrom, int mostWaiting) {
    this.lateness = lateness;
    this.forecastFrom = forecastFrom;
    this.mostWaiting = mostWaiting;
  }

  private DueVideo work(long videoId, @Nullable ViewCount count) {
    return new DueVideo(keyGroup(videoId), videoId, count);
  }

  private int keyGroup(long videoId) {
    int most = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
    return KeyGroupRangeAssignment.assignToKeyGroup(videoId, most);
  }

  private void takeWaiting(int minute, List<DueVideo> into) {
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
    overState = context.getOperatorStateStore().getUnionListState(OVER);
    over = Integer.MIN_VALUE;
    if (context.isRestored()) {
      // After a rescale some keys are a minute ahead; a second update changes nothing.
      over = Integer.MAX_VALUE;
      for (int minute : overState.get()) {
        over = Math.min(over, minute);
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
  public void processElement(StreamRecord<ViewCount> element) throws IOException {
    ViewCount count = element.getValue();
    if (!count.late() && VideoViews.isClosed(count.minute(), over, lateness)) {
      lateAfterIdle.inc(count.views());
      count = count.asLate();
    }
    if (count.late() && count.minute() + Minutes.PER_HOUR <= over) {
      return;
    }
    await(count);
    if (waiting.size() >= mostWaiting) {
      putAside();
    }
  }

  private void await(ViewCount count) {
    waiting.add(Math.max(count.minute(), over + 1), count);
  }

  /** Spills the buffered counts to state, due at the end of their minute. */
  private void putAside() throws IOException {
    while (!waiting.isEmpty()) {
      int minute = waiting.firstMinute();
      List<DueVideo> works = new ArrayList<>();
      takeWaiting(minute, works);
      Collections.sort(works);
      for (int from = 0; from < works.size(); ) {
        int to = endOfVideo(works, from);
        long videoId = works.get(from).videoId();
        load(videoId);
        addAll(works, from, to);
        due(videoId, Math.min(video.dueMinute(), minute), over);
        state.update(video.toBytes());
        from = to;
      }
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    overState.update(List.of(over));
    waiting.writeTo(context.getRawKeyedOperatorStateOutput(), this::keyGroup);
  }

  @Override
  public void processWatermark(Watermark watermark) throws Exception {
    int last = Minutes.closedBy(watermark.getTimestamp());
    int next = nextMinute();
    while (next <= last && next != Integer.MAX_VALUE) {
      lookAt(next);
      next = nextMinute();
    }
    over = Math.max(over, last);
    super.processWatermark(watermark);
  }

  private int nextMinute() {
    return Math.min(wheel.first(), waiting.firstMinute());
  }

  // ---- The end of a minute

  private void lookAt(int minute) throws IOException {
    List<DueVideo> works = new ArrayList<>();
    for (long videoId : wheel.take(minute)) {
      works.add(work(videoId, null));
    }
    takeWaiting(minute, works);
    Collections.sort(works);
    for (int from = 0; from < works.size(); ) {
      int to = endOfVideo(works, from);
      lookAt(minute, works, from, to);
      from = to;
    }
    if (!changes.isEmpty()) {
      output.collect(FINDINGS, at(minute, new MinuteReport.Counts(minute, changes.toInts())));
      changes.clear();
    }
  }

  private void lookAt(int minute, List<DueVideo> works, int from, int to) throws IOException {
    long videoId = works.get(from).videoId();
    load(videoId);
    boolean watched = addAll(works, from, to);
    if (!watched && video.dueMinute() != minute) {
      return;
    }
    int before = video.counted();
    int views = video.count(minute);
    changes.move(before, views);
    // A video without views waits for no criteria.
    if (before != views || views > 0) {
      tell(videoId, minute);
    }
    video.closeHours(
        minute, lateness, hour -> output.collect(HOURLY_VIEWS, published(videoId, hour)));
    if (video.isEmpty()) {
      state.clear();
      return;
    }
    due(videoId, nextChange(videoId, minute), minute);
    state.update(video.toBytes());
  }

  private void tell(long videoId, int minute) {
    int[] firstMinutes =
        video.counted() < forecastFrom
            ? NO_MINUTES
            : video.firstHour(videoId, minute).orElse(NO_MINUTES);
    if (firstMinutes.length == ForecastAges.HOUR) {
      output.collect(
          FINDINGS, at(minute, new MinuteReport.FirstHour(minute, videoId, firstMinutes)));
    }
    output.collect(
        at(
            minute,
            new RollingHourSnapshot(
                videoId, minute, video.counted(), video.distinctShare(minute), firstMinutes)));
  }

  /**
   * Returns the next due minute. A young video is due at an age of one hour, as a training example.
   */
  private int nextChange(long videoId, int minute) {
    int next = video.nextChange(minute, lateness);
    int hourOld = Minutes.of(VideoIds.millisOf(videoId)) + ForecastAges.HOUR - 1;
    return hourOld > minute
            && hourOld < minute + ForecastAges.HOUR
            && video.counted() >= forecastFrom
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
            .setDistinctViewers(ViewerCounts.count(hour.viewers()))
            .setWatchMs(hour.watchMs())
            .build(),
        start);
  }

  private static <T> StreamRecord<T> at(int minute, T value) {
    return new StreamRecord<>(value, Minutes.end(minute));
  }

  // ---- A video

  private static int endOfVideo(List<DueVideo> works, int from) {
    int to = from + 1;
    while (to < works.size() && works.get(to).videoId() == works.get(from).videoId()) {
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
  }

  /** Adds the counts of a video. Returns whether there are any. */
  private boolean addAll(List<DueVideo> works, int from, int to) {
    boolean any = false;
    for (int i = from; i < to; i++) {
      ViewCount count = works.get(i).count();
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
   * @param lookedAt the last processed minute, after which it is no longer in the wheel
   */
  private void due(long videoId, int minute, int lookedAt) {
    if (minute != video.dueMinute() || video.dueMinute() <= lookedAt) {
      wheel.add(minute, videoId);
      video.dueAt(minute);
    }
  }
}
