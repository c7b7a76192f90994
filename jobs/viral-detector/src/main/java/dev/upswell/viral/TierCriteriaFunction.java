package dev.upswell.viral;

import dev.upswell.popularity.Minutes;
import dev.upswell.popularity.forecast.ForecastAges;
import dev.upswell.popularity.forecast.ForecastModel;
import dev.upswell.popularity.forecast.ForecastSettings;
import dev.upswell.popularity.forecast.RegressionStats;
import dev.upswell.popularity.tiers.CountHistogram;
import dev.upswell.popularity.tiers.TierSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates the reports of all subtasks to the criteria of each minute: tier thresholds and the
 * forecast model.
 *
 * <p>Everything is under one key, at a few records per minute and subtask. Reports are buffered
 * until their minute closes and processed in a fixed order, so that the same log gives the same
 * criteria.
 */
final class TierCriteriaFunction extends KeyedProcessFunction<Integer, MinuteReport, TierCriteria> {
  private static final long serialVersionUID = 1L;

  /** The only key. */
  static final int ALL = 0;

  private final TierSettings tiers;
  private final ForecastSettings forecasts;

  /** Packed {@link CountHistogram}. */
  private transient ValueState<int[]> videos;

  /** Packed {@link RegressionStats}. */
  private transient ValueState<double[]> regression;

  /**
   * The hour up to which lessons were forgotten, and the minute at which there still was a video.
   */
  private transient ValueState<int[]> times;

  /** Reports of open minutes: a minute, then a packed histogram. */
  private transient ListState<int[]> counts;

  /** Reports of open minutes: a minute, the halves of the id, then sixty numbers. */
  private transient ListState<int[]> firstHours;

  TierCriteriaFunction(TierSettings tiers, ForecastSettings forecasts) {
    this.tiers = tiers;
    this.forecasts = forecasts;
  }

  @Override
  public void open(OpenContext context) {
    var ints = PrimitiveArrayTypeInfo.INT_PRIMITIVE_ARRAY_TYPE_INFO;
    var runtime = getRuntimeContext();
    videos = runtime.getState(new ValueStateDescriptor<>("videos", ints));
    regression =
        runtime.getState(
            new ValueStateDescriptor<>(
                "lessons", PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO));
    times = runtime.getState(new ValueStateDescriptor<>("times", ints));
    counts = runtime.getListState(new ListStateDescriptor<>("counts", ints));
    firstHours = runtime.getListState(new ListStateDescriptor<>("first-hours", ints));
  }

  @Override
  public void processElement(MinuteReport finding, Context context, Collector<TierCriteria> out)
      throws Exception {
    if (finding instanceof MinuteReport.Counts changed) {
      counts.add(prepend(changed.changes(), changed.minute()));
    } else if (finding instanceof MinuteReport.FirstHour video) {
      firstHours.add(
          prepend(
              video.firstHour(),
              video.minute(),
              (int) (video.videoId() >>> Integer.SIZE),
              (int) video.videoId()));
    }
    context.timerService().registerEventTimeTimer(Minutes.end(finding.minute()));
  }

  private static int[] prepend(int[] numbers, int... head) {
    int[] all = new int[head.length + numbers.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(numbers, 0, all, head.length, numbers.length);
    return all;
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<TierCriteria> out)
      throws Exception {
    int minute = Minutes.of(time);
    CountHistogram histogram = count(minute);
    double[] model = learn(minute);
    out.collect(new TierCriteria(tiers.thresholds(minute, histogram), model));

    int[] known = times.value();
    int lastVideo = histogram.isEmpty() ? known[1] : minute;
    // Continues while there is a video, and until the last one has cooled down, because tiers also
    // change with time.
    if (minute - lastVideo <= tiers.dwellMinutes()) {
      times.update(new int[] {known[0], lastVideo});
      context.timerService().registerEventTimeTimer(Minutes.end(minute + 1));
    }
  }

  private CountHistogram count(int minute) throws Exception {
    CountHistogram histogram = new CountHistogram();
    int @Nullable [] known = videos.value();
    histogram.add(known == null ? new int[0] : known);
    for (int[] changed : removeUntil(counts, minute)) {
      histogram.add(tail(changed, 1));
    }
    if (histogram.isEmpty()) {
      videos.clear();
    } else {
      videos.update(histogram.toInts());
    }
    return histogram;
  }

  /** Trains the model with the videos of a minute, and returns it. */
  private double[] learn(int minute) throws Exception {
    double @Nullable [] known = regression.value();
    RegressionStats all = known == null ? RegressionStats.none() : RegressionStats.of(known);
    int hour = Minutes.hourOf(minute);
    int @Nullable [] before = times.value();
    if (before != null && hour > before[0]) {
      all.decay(forecasts.weightAfter((long) hour - before[0]));
    }
    List<int[]> taught = removeUntil(firstHours, minute);
    taught.sort(
        Comparator.<int[]>comparingInt(lesson -> lesson[1])
            .thenComparing((a, b) -> Integer.compareUnsigned(a[2], b[2])));
    for (int[] lesson : taught) {
      all.add(ForecastAges.cumulative(tail(lesson, 3)), forecasts.minimum());
    }
    times.update(new int[] {hour, before == null ? minute : before[1]});
    regression.update(all.toArray());
    return ForecastModel.of(all, forecasts).toArray();
  }

  /** Removes and returns the elements of a minute and earlier ones from a list. */
  private static List<int[]> removeUntil(ListState<int[]> list, int minute) throws Exception {
    List<int[]> taken = new ArrayList<>();
    List<int[]> left = new ArrayList<>();
    for (int[] finding : list.get()) {
      (finding[0] <= minute ? taken : left).add(finding);
    }
    list.update(left);
    return taken;
  }

  private static int[] tail(int[] numbers, int from) {
    return Arrays.copyOfRange(numbers, from, numbers.length);
  }
}
