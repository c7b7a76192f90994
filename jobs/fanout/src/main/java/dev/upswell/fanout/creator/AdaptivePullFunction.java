package dev.upswell.fanout.creator;

import dev.upswell.contract.events.Control;
import dev.upswell.fanout.FanoutJob;
import dev.upswell.fanout.KeyedValue;
import dev.upswell.feeds.audience.LatencyHistogram;
import dev.upswell.feeds.pull.AdaptivePullThreshold;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures push latency under one key, and requests a lower pull threshold while it is too high.
 *
 * <p>The request goes through the topic {@code control}, which the job reads. So it is visible
 * there, and an operator can send the same request.
 */
public final class AdaptivePullFunction
    extends KeyedProcessFunction<Long, LatencyHistogram, Control> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(AdaptivePullFunction.class);
  private static final long WINDOW_MILLIS = 10_000;
  private static final long[] UNKNOWN = new long[0];

  /** The only key. */
  public static final long ALL = 0;

  private final AdaptivePullThreshold adaptivePull;

  /** Latencies of the current window. A failure loses part of a window. */
  private transient LatencyHistogram window;

  private transient KeyedValue<long[]> level;
  private transient long pullAbove;

  public AdaptivePullFunction(AdaptivePullThreshold adaptivePull) {
    this.adaptivePull = adaptivePull;
  }

  @Override
  public void open(OpenContext context) {
    window = new LatencyHistogram();
    pullAbove = adaptivePull.above();
    level =
        KeyedValue.of(
            getRuntimeContext(),
            "level",
            PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO,
            UNKNOWN);
    getRuntimeContext().getMetricGroup().<Long, Gauge<Long>>gauge("pullAbove", () -> pullAbove);
  }

  @Override
  public void processElement(LatencyHistogram lags, Context context, Collector<Control> out) {
    if (level.get().length == 0) {
      // A request of an earlier run may still be in force.
      write(adaptivePull.none());
      out.collect(pullAbove(0, context.timerService().currentProcessingTime()));
      wakeUp(context);
    }
    window.add(lags);
  }

  private static void wakeUp(
      KeyedProcessFunction<Long, LatencyHistogram, Control>.Context context) {
    context
        .timerService()
        .registerProcessingTimeTimer(
            context.timerService().currentProcessingTime() + WINDOW_MILLIS);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<Control> out) {
    long[] packed = level.get();
    AdaptivePullThreshold.Level before =
        new AdaptivePullThreshold.Level(packed[0], (int) packed[1]);
    AdaptivePullThreshold.Level after = adaptivePull.after(before, window);
    adaptivePull
        .change(before, after)
        .ifPresent(
            above -> {
              LOG.warn(
                  "99th percentile of push latency: {} ms (expected: at most {}); pulling creators above {}",
                  window.quantile(0.99),
                  adaptivePull.target(),
                  above);
              out.collect(pullAbove(above, time));
            });
    write(after);
    window = new LatencyHistogram();
    wakeUp(context);
  }

  private void write(AdaptivePullThreshold.Level now) {
    pullAbove = now.above();
    level.set(new long[] {now.above(), now.calm()}, false);
  }

  private static Control pullAbove(long followers, long now) {
    return Control.newBuilder()
        .setJob(FanoutJob.NAME)
        .setType(Control.Type.PULL_ABOVE)
        .setAt(now)
        .setPullAbove(followers)
        .build();
  }
}
