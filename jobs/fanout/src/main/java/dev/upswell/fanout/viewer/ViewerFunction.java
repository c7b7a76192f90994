package dev.upswell.fanout.viewer;

import dev.upswell.contract.events.Control;
import dev.upswell.fanout.rebuild.PacedRebuild;
import dev.upswell.fanout.rebuild.RebuildableFunction;
import dev.upswell.feeds.pull.PullHysteresis;
import dev.upswell.feeds.viewer.ViewerChange;
import dev.upswell.feeds.viewer.ViewerTransitions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;

/** Stores the followees and activity of a viewer, and emits changes. */
public final class ViewerFunction extends RebuildableFunction<ViewerInput, ViewerChange> {
  private static final long serialVersionUID = 1L;

  private final Duration activityWindow;
  private final PullHysteresis pullRule;
  private transient ViewerTransitions viewer;
  private transient KeyedViewerState state;
  private transient PacedRebuild rebuild;

  public ViewerFunction(Duration activityWindow, PullHysteresis pullRule) {
    this.activityWindow = activityWindow;
    this.pullRule = pullRule;
  }

  @Override
  public void open(OpenContext context) {
    viewer =
        new ViewerTransitions(
            activityWindow,
            pullRule,
            () -> ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    rebuild = new PacedRebuild(getRuntimeContext(), timers());
    state = new KeyedViewerState(getRuntimeContext());
  }

  @Override
  public void processElement(
      ViewerInput input, ReadOnlyContext context, Collector<ViewerChange> out) {
    TimerService timers = context.timerService();
    state.begin();
    long before = viewer.nextTime(state);
    Optional<ViewerChange> change = change(input, timers.currentWatermark());
    long next = viewer.nextTime(state);
    state.end();
    // One timer per viewer is moved, instead of one timer per session.
    if (next < before) {
      timers.registerEventTimeTimer(next);
    }
    collect(change, out);
  }

  private Optional<ViewerChange> change(ViewerInput input, long now) {
    if (input instanceof ViewerInput.Started started) {
      return viewer.onSession(state, started.userId(), started.at(), now);
    }
    if (input instanceof ViewerInput.Related related) {
      return Optional.of(viewer.onRelation(state, related.relation(), now));
    }
    throw new IllegalStateException("unknown input: " + input);
  }

  /**
   * Emits after the last state access, because operators chained behind may wait for Redis, and
   * timers of other keys may run meanwhile.
   */
  private static void collect(Optional<ViewerChange> change, Collector<ViewerChange> out) {
    change.ifPresent(out::collect);
  }

  @Override
  public void processBroadcastElement(Control control, Context context, Collector<ViewerChange> out)
      throws Exception {
    if (control.getType() == Control.Type.REBUILD_FEEDS) {
      rebuild.begin(control, context, KeyedViewerState.VIEWER);
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<ViewerChange> out) {
    if (context.timeDomain() == TimeDomain.PROCESSING_TIME) {
      if (rebuild.isDue(time)) {
        state.begin();
        collect(viewer.rebuild(state, context.getCurrentKey()), out);
      }
      return;
    }
    state.begin();
    Optional<ViewerChange> change = viewer.onTime(state, context.getCurrentKey(), time);
    long next = viewer.nextTime(state);
    state.end();
    if (next < Long.MAX_VALUE) {
      context.timerService().registerEventTimeTimer(next);
    }
    collect(change, out);
  }
}
