package dev.upswell.trending;

import dev.upswell.popularity.trending.ScopeKey;
import dev.upswell.popularity.trending.Slots;
import dev.upswell.popularity.trending.TrendWeights;
import dev.upswell.popularity.trending.ViewerCaps;
import dev.upswell.views.decode.ViewFields;
import dev.upswell.views.source.ViewRecord;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Caps views: the first few per viewer, video and hour count, and the first one counts a viewer.
 * The hour begins with the first of them.
 *
 * <p>Runs before the shuffle, where all views of a viewer arrive at one subtask, because the topic
 * is keyed by viewer. Allocates nothing per view.
 */
final class ViewCapOperator extends AbstractStreamOperator<Contribution>
    implements OneInputStreamOperator<ViewRecord, Contribution> {
  private static final long serialVersionUID = 1L;

  private final TrendWeights weights;
  private final List<String> devices;
  private final int plays;
  private final int capacity;

  private transient ViewerCapState state;
  private transient ScopeKey origins;
  private transient Counter capped;
  private transient Counter otherDevices;
  private transient Contribution contribution;
  private transient StreamRecord<Contribution> reused;

  /**
   * Creates the operator.
   *
   * @param devices devices with scopes of their own
   * @param plays maximum plays of a video by one viewer per hour, 1 to 255
   * @param capacity pairs of viewer and video, in each of two generations
   */
  ViewCapOperator(TrendWeights weights, List<String> devices, int plays, int capacity) {
    this.weights = weights;
    this.devices = List.copyOf(devices);
    this.plays = plays;
    this.capacity = capacity;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state =
        new ViewerCapState(context, getRuntimeContext().getTaskInfo(), new ViewerCaps(capacity));
    origins = new ScopeKey(devices);
    contribution = new Contribution();
    reused = new StreamRecord<>(contribution);
    capped = getMetricGroup().counter("cappedViews");
    otherDevices = getMetricGroup().counter("otherDevices");
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state.store();
  }

  @Override
  public void processWatermark(Watermark watermark) throws Exception {
    state.caps().evict(watermark.getTimestamp());
    super.processWatermark(watermark);
  }

  @Override
  public void processElement(StreamRecord<ViewRecord> element) {
    ViewFields view = element.getValue().view();
    ViewerCaps caps = state.caps();
    int slot = Slots.of(view.viewedAt());
    int origin = origins.of(view.region(), view.device(), slot);
    if (ScopeKey.isOtherDevice(origin) && !view.device().isEmpty()) {
      otherDevices.inc();
    }
    contribution.of(view.videoId(), slot, origin);
    contribution.views = 1;
    int before = caps.get(view.viewerId(), view.videoId(), slot);
    if (before < plays) {
      caps.put(before + 1);
      contribution.viewers = before == 0 ? 1 : 0;
      contribution.weight = isCompleted(view) ? weights.completed() : weights.view();
    } else {
      capped.inc();
    }
    output.collect(reused);
  }

  private static boolean isCompleted(ViewFields view) {
    return view.durationMs() > 0 && view.watchMs() >= view.durationMs();
  }
}
