package dev.upswell.trending;

import dev.upswell.contract.events.Engagement;
import dev.upswell.popularity.trending.ScopeKey;
import dev.upswell.popularity.trending.Slots;
import dev.upswell.popularity.trending.TrendWeights;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Caps engagements: one of each kind per viewer, video and UTC hour. So retries count once without
 * stored event ids, and a like can be withdrawn once.
 */
final class EngagementCapOperator extends AbstractStreamOperator<Contribution>
    implements OneInputStreamOperator<Engagement, Contribution> {
  private static final long serialVersionUID = 1L;

  private final TrendWeights weights;
  private final int capacity;

  private transient ViewerCapState state;
  private transient Counter capped;
  private transient Contribution contribution;
  private transient StreamRecord<Contribution> reused;

  /**
   * Creates the operator.
   *
   * @param capacity pairs of viewer and video, in each of two generations
   */
  EngagementCapOperator(TrendWeights weights, int capacity) {
    this.weights = weights;
    this.capacity = capacity;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state = new ViewerCapState(context, getRuntimeContext().getTaskInfo(), capacity);
    contribution = new Contribution();
    reused = new StreamRecord<>(contribution);
    capped = getMetricGroup().counter("cappedEngagements");
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
  public void processElement(StreamRecord<Engagement> element) {
    Engagement engagement = element.getValue();
    Engagement.Type type = engagement.getType();
    int done =
        state.caps().get(engagement.getViewerId(), engagement.getVideoId(), engagement.getAt());
    boolean counts =
        (done & bit(type)) == 0
            && (type != Engagement.Type.UNLIKE || (done & bit(Engagement.Type.LIKE)) != 0);
    if (!counts) {
      capped.inc();
      return;
    }
    state.caps().put(done | bit(type));
    contribution.of(
        engagement.getCreatorId(),
        engagement.getVideoId(),
        Slots.of(engagement.getAt()),
        ScopeKey.GLOBAL);
    switch (type) {
      case LIKE -> contribution.engagement = weights.like();
      case UNLIKE -> contribution.engagement = -weights.like();
      case COMMENT -> contribution.engagement = weights.comment();
      case SHARE -> contribution.engagement = weights.share();
      case NOT_INTERESTED -> contribution.reports = weights.notInterested();
      case REPORT -> contribution.reports = weights.report();
      case TYPE_UNSPECIFIED, UNRECOGNIZED -> {
        return;
      }
    }
    output.collect(reused);
  }

  private static int bit(Engagement.Type type) {
    return type == Engagement.Type.UNRECOGNIZED ? 1 : 1 << type.getNumber();
  }
}
