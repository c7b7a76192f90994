package dev.upswell.trending;

import dev.upswell.contract.events.Engagement;
import dev.upswell.popularity.trending.ScopeKey;
import dev.upswell.popularity.trending.Slots;
import dev.upswell.popularity.trending.TrendWeights;
import dev.upswell.popularity.trending.TrendingSettings;
import dev.upswell.popularity.trending.ViewerEngagements;
import java.time.Duration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Caps engagements: a like counts once until it is withdrawn, and one of each other kind per
 * viewer, video and hour. So retries count once without stored event ids.
 */
final class EngagementCapOperator extends AbstractStreamOperator<Contribution>
    implements OneInputStreamOperator<Engagement, Contribution> {
  private static final long serialVersionUID = 1L;

  private final TrendWeights weights;
  private final Duration halfLife;
  private final int capacity;

  private transient ViewerEngagements engagements;
  private transient ViewerCapState state;
  private transient Counter capped;
  private transient Contribution contribution;
  private transient StreamRecord<Contribution> reused;

  /**
   * Creates the operator.
   *
   * @param capacity kinds of engagement per viewer and video, in each of two generations
   */
  EngagementCapOperator(TrendingSettings settings, int capacity) {
    this.weights = settings.weights();
    this.halfLife = settings.halfLife();
    this.capacity = capacity;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    engagements = new ViewerEngagements(capacity, halfLife);
    state = new ViewerCapState(context, getRuntimeContext().getTaskInfo(), engagements.entries());
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
    contribution.of(engagement.getVideoId(), Slots.of(engagement.getAt()), ScopeKey.GLOBAL);
    if (counts(engagement)) {
      output.collect(reused);
    } else {
      capped.inc();
    }
  }

  /** Sets the figures of the contribution. Returns whether there are any. */
  private boolean counts(Engagement event) {
    switch (event.getType()) {
      case LIKE -> {
        contribution.engagement = weights.like();
        contribution.age = engagements.like(event.getViewerId(), event.getVideoId(), event.getAt());
        return contribution.age != ViewerEngagements.NONE;
      }
      case UNLIKE -> {
        contribution.engagement = -weights.like();
        contribution.age =
            engagements.unlike(event.getViewerId(), event.getVideoId(), event.getAt());
        return contribution.age != ViewerEngagements.NONE;
      }
      case COMMENT -> contribution.engagement = weights.comment();
      case SHARE -> contribution.engagement = weights.share();
      case NOT_INTERESTED -> contribution.reports = weights.notInterested();
      case REPORT -> contribution.reports = weights.report();
      case TYPE_UNSPECIFIED, UNRECOGNIZED -> {
        return false;
      }
    }
    return engagements.isFirst(
        event.getViewerId(), event.getVideoId(), event.getTypeValue(), event.getAt());
  }
}
