package dev.upswell.fanout;

import dev.upswell.contract.events.Control;
import dev.upswell.feeds.audience.PullRule;
import dev.upswell.feeds.audience.Viewer;
import dev.upswell.feeds.audience.ViewerChange;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;

/** Holds a viewer's followees and activity, and says what changes. */
final class ViewerOperator extends RebuildableFunction<ViewerInput, ViewerChange> {
  private static final long serialVersionUID = 1L;

  private final Duration activityWindow;
  private final PullRule pullRule;
  private transient Viewer viewer;
  private transient KeyedViewerState state;
  private transient Rebuild rebuild;

  ViewerOperator(Duration activityWindow, PullRule pullRule) {
    this.activityWindow = activityWindow;
    this.pullRule = pullRule;
  }

  @Override
  public void open(OpenContext context) {
    viewer =
        new Viewer(
            activityWindow,
            pullRule,
            () -> ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    rebuild = new Rebuild(getRuntimeContext(), timers());
    state = new KeyedViewerState(getRuntimeContext());
  }

  @Override
  public void processElement(
      ViewerInput input, ReadOnlyContext context, Collector<ViewerChange> out) {
    TimerService timers = context.timerService();
    long before = viewer.nextTime(state);
    if (input instanceof ViewerInput.Started started) {
      viewer
          .onSession(state, started.userId(), started.at(), timers.currentWatermark())
          .ifPresent(out::collect);
    } else if (input instanceof ViewerInput.Related related) {
      out.collect(viewer.onRelation(state, related.relation(), timers.currentWatermark()));
    } else {
      throw new IllegalStateException("unknown input: " + input);
    }
    // One timer moves on by itself, instead of one for each session.
    long next = viewer.nextTime(state);
    if (next < before) {
      timers.registerEventTimeTimer(next);
    }
  }

  @Override
  public void processBroadcastElement(Control control, Context context, Collector<ViewerChange> out)
      throws Exception {
    if (control.getType() == Control.Type.REBUILD_FEEDS) {
      rebuild.begin(control, context, KeyedViewerState.EPOCH);
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<ViewerChange> out) {
    if (context.timeDomain() == TimeDomain.PROCESSING_TIME) {
      if (rebuild.isDue(time)) {
        viewer.rebuild(state, context.getCurrentKey()).ifPresent(out::collect);
      }
      return;
    }
    viewer.onTime(state, context.getCurrentKey(), time).ifPresent(out::collect);
    long next = viewer.nextTime(state);
    if (next < Long.MAX_VALUE) {
      context.timerService().registerEventTimeTimer(next);
    }
  }
}
