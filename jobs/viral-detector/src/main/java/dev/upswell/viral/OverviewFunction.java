package dev.upswell.viral;

import com.google.protobuf.util.Timestamps;
import dev.upswell.contract.events.Promotion;
import dev.upswell.contract.events.Tier;
import dev.upswell.contract.events.TierOverview;
import dev.upswell.popularity.Minutes;
import dev.upswell.runtime.types.ProtobufSerializer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Emits the overview of all tiers each minute: counts, thresholds and last promotions. */
final class OverviewFunction
    extends KeyedCoProcessFunction<Integer, TierCriteria, Promotion, TierOverview> {
  private static final long serialVersionUID = 1L;

  /** The only key. */
  static final int ALL = 0;

  private static final int LAST = 100;

  /** Newest first, in the same order for any subtask order. */
  private static final Comparator<Promotion> NEWEST =
      Comparator.comparingLong(Promotion::getVersion)
          .reversed()
          .thenComparingLong(Promotion::getVideoId);

  private final int viralAbove;
  private transient ValueState<TierOverview> overview;

  /** Promotions of minutes that are not closed. */
  private transient ListState<Promotion> coming;

  OverviewFunction(int viralAbove) {
    this.viralAbove = viralAbove;
  }

  @Override
  public void open(OpenContext context) {
    overview =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "overview", ProtobufSerializer.typeOf(TierOverview.class)));
    coming =
        getRuntimeContext().getListState(new ListStateDescriptor<>("coming", ViralTypes.PROMOTION));
  }

  private TierOverview isUpToDate() throws Exception {
    @Nullable TierOverview known = overview.value();
    return known == null ? TierOverview.getDefaultInstance() : known;
  }

  /** Criteria arrive before the promotions of their minute; both are emitted together. */
  @Override
  public void processElement1(TierCriteria emitted, Context context, Collector<TierOverview> out)
      throws Exception {
    context.timerService().registerEventTimeTimer(Minutes.end(emitted.thresholds().minute()));
    overview.update(
        isUpToDate().toBuilder()
            .setActive(emitted.thresholds().active())
            .setEdgeFrom(emitted.thresholds().edgeFrom())
            .setRegionalFrom(emitted.thresholds().regionalFrom())
            .setViralAbove(viralAbove)
            .build());
  }

  @Override
  public void processElement2(Promotion promotion, Context context, Collector<TierOverview> out)
      throws Exception {
    coming.add(promotion);
    context.timerService().registerEventTimeTimer(promotion.getVersion());
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<TierOverview> out)
      throws Exception {
    List<Promotion> closedMinute = new ArrayList<>();
    List<Promotion> left = new ArrayList<>();
    for (Promotion promotion : coming.get()) {
      (promotion.getVersion() <= time ? closedMinute : left).add(promotion);
    }
    coming.update(left);
    TierOverview.Builder now = isUpToDate().toBuilder().setAt(Timestamps.fromMillis(time));
    for (Promotion promotion : closedMinute) {
      count(now, promotion.getFrom(), -1);
      count(now, promotion.getTo(), 1);
    }
    List<Promotion> last = new ArrayList<>(now.getLastList());
    last.addAll(closedMinute);
    last.sort(NEWEST);
    now.clearLast().addAllLast(last.subList(0, Math.min(LAST, last.size())));
    overview.update(now.build());
    out.collect(now.build());
  }

  private static void count(TierOverview.Builder overview, Tier tier, int more) {
    switch (tier) {
      case EDGE -> overview.setEdge(overview.getEdge() + more);
      case REGIONAL -> overview.setRegional(overview.getRegional() + more);
      case ORIGIN, TIER_UNSPECIFIED, UNRECOGNIZED -> {
        // Active videos in no other tier.
      }
    }
  }
}
