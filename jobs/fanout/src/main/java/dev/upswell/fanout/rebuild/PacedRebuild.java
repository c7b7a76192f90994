package dev.upswell.fanout.rebuild;

import dev.upswell.contract.events.Control;
import dev.upswell.fanout.KeyedValue;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Visits every key of a function at a limited rate, by one processing-time timer per key. A rebuild
 * of a hundred million keys neither floods Redis nor delays a checkpoint, and it continues after a
 * failure. A new rebuild replaces the previous one.
 */
public final class PacedRebuild {
  private static final Logger LOG = LoggerFactory.getLogger(PacedRebuild.class);
  private static final int PER_SECOND = 1_000;
  private static final long NEVER = 0;

  private final KeyedValue<Long> due;
  private final TimerService timers;

  /** Number of keys left, counted since the start of this run. */
  private long left;

  public PacedRebuild(RuntimeContext context, TimerService timers) {
    this.timers = timers;
    due = KeyedValue.of(context, "rebuild-at", Types.LONG, NEVER);
    context.getMetricGroup().<Long, Gauge<Long>>gauge("rebuilding", () -> left);
  }

  /**
   * Starts a rebuild of all keys that have a state.
   *
   * @param context context of the control record
   * @return the number of keys
   */
  public <K, V, S extends State> long begin(
      Control control,
      KeyedBroadcastProcessFunction<K, V, Control, ?>.Context context,
      StateDescriptor<S, ?> state)
      throws Exception {
    long start = timers.currentProcessingTime();
    int perSecond = control.getPerSecond() == 0 ? PER_SECOND : control.getPerSecond();
    long[] count = {0};
    context.applyToKeyedState(
        state,
        (key, value) -> {
          long at = start + 1 + count[0]++ * 1_000 / perSecond;
          due.set(at);
          timers.registerProcessingTimeTimer(at);
        });
    left = count[0];
    LOG.info("rebuilding {} keys, {} a second", left, perSecond);
    return left;
  }

  /** Returns whether a timer belongs to the rebuild of the current key, and removes it. */
  public boolean isDue(long time) {
    if (due.get() != time) {
      return false;
    }
    due.set(NEVER);
    left = Math.max(0, left - 1);
    if (left == 0) {
      LOG.info("rebuilt");
    }
    return true;
  }
}
