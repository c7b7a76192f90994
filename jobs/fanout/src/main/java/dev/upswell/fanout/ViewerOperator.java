package dev.upswell.fanout;

import dev.upswell.feeds.audience.Viewer;
import dev.upswell.feeds.audience.ViewerChange;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Holds a viewer's followees and activity, and says what changes; one timer for an active viewer.
 */
final class ViewerOperator extends KeyedProcessFunction<Long, ViewerInput, ViewerChange> {
  private static final long serialVersionUID = 1L;

  private final Duration activityWindow;
  private transient Viewer viewer;
  private transient KeyedViewerState state;

  ViewerOperator(Duration activityWindow) {
    this.activityWindow = activityWindow;
  }

  @Override
  public void open(OpenContext context) {
    viewer =
        new Viewer(activityWindow, () -> ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    state = new KeyedViewerState(getRuntimeContext());
  }

  @Override
  public void processElement(ViewerInput input, Context context, Collector<ViewerChange> out) {
    Optional<ViewerChange> change;
    if (input instanceof ViewerInput.Started started) {
      change = start(started, context.timerService());
    } else if (input instanceof ViewerInput.Related related) {
      change = viewer.onRelation(state, related.relation());
    } else {
      throw new IllegalStateException("unknown input: " + input);
    }
    change.ifPresent(out::collect);
  }

  private Optional<ViewerChange> start(ViewerInput.Started started, TimerService timers) {
    boolean wasActive = state.active();
    Optional<ViewerChange> change =
        viewer.onSession(state, started.userId(), started.at(), timers.currentWatermark());
    if (!wasActive && state.active()) {
      timers.registerEventTimeTimer(viewer.idleAt(state));
    }
    return change;
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<ViewerChange> out) {
    viewer.onTime(state, context.getCurrentKey(), time).ifPresent(out::collect);
    if (state.active()) {
      // There were sessions since; one timer moves on instead of one for each session.
      context.timerService().registerEventTimeTimer(viewer.idleAt(state));
    }
  }
}
