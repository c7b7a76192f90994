package dev.upswell.viral;

import dev.upswell.contract.events.HourlyViews;
import dev.upswell.contract.events.Promotion;
import dev.upswell.popularity.ViewCount;
import dev.upswell.popularity.tiers.TierRule;
import dev.upswell.runtime.redis.RedisSink;
import dev.upswell.views.combine.CombinerOperator;
import dev.upswell.views.source.ViewRecord;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;

/**
 * The topology of the viral detector.
 *
 * <pre>
 * views ─▶ combiner ─ by video ─▶ rolling-hour ─┬─▶ hourly-views
 *          (before the shuffle)       │         └─▶ standards (one) ─ to all ─┐
 *                                     │ by video        └──────────▶ overview │
 *                                     └────────▶ tiers ◀──────────────────────┘
 *                                                  ├─▶ promotions ─▶ overview ─▶ tiers (Redis)
 *                                                  └─▶ views:{video}, tier:{video} (Redis)
 * </pre>
 *
 * <p>Everything behind the combiner happens once a minute, when time has passed it.
 */
final class ViralDetectorPipeline {
  /** Counts that may wait for their minute, of each subtask; some 200 bytes each. */
  private static final int MOST_WAITING = 262_144;

  private ViralDetectorPipeline() {}

  /**
   * What goes out.
   *
   * @param hourlyViews final views of each video and UTC hour
   * @param promotions changes of tiers
   */
  record Outputs(DataStream<HourlyViews> hourlyViews, DataStream<Promotion> promotions) {}

  /** Defines it. */
  static Outputs define(DataStream<ViewRecord> views, ViralOptions options) {
    ViralCommands writers = new ViralCommands(options.ttl());
    int combined = options.views().combined();

    DataStream<ViewCount> counts =
        views
            .transform(
                "combiner",
                ViralTypes.VIEW_COUNT,
                new CombinerOperator<ViewRecord, ViewCount>(
                    Duration.ofMinutes(1),
                    () -> new ViewCombiner(combined),
                    new ViewCountStateFormat()))
            .uid("combiner");

    SingleOutputStreamOperator<RollingHourSnapshot> hours =
        counts
            .keyBy(ViewCount::videoId, Types.LONG)
            .transform(
                "rolling-hour",
                ViralTypes.VIDEO_HOUR,
                new RollingHourOperator(
                    (int) options.views().allowedLateness().toMinutes(),
                    options.forecasts().minimum(),
                    MOST_WAITING))
            .uid("rolling-hour");

    DataStream<TierCriteria> standards =
        hours
            .getSideOutput(RollingHourOperator.FINDINGS)
            .keyBy(finding -> TierCriteriaFunction.ALL, Types.INT)
            .process(new TierCriteriaFunction(options.tiers(), options.forecasts()))
            .returns(ViralTypes.STANDARDS)
            .name("standards")
            .uid("standards")
            .forceNonParallel();

    SingleOutputStreamOperator<TierUpdate> notes =
        tiers(hours.keyBy(RollingHourSnapshot::videoId, Types.LONG), standards, options);
    DataStream<Promotion> promotions = notes.getSideOutput(TierOperator.PROMOTIONS);
    notes
        .sinkTo(new RedisSink<>(options.job().redis(), options.job().redisWrites(), writers::note))
        .name("views-and-tiers")
        .uid("views-and-tiers");

    standards
        .keyBy(said -> OverviewFunction.ALL, Types.INT)
        .connect(promotions.keyBy(promotion -> OverviewFunction.ALL, Types.INT))
        .process(new OverviewFunction(options.tiers().viralAbove()))
        .returns(ViralTypes.OVERVIEW)
        .name("overview")
        .uid("overview")
        .forceNonParallel()
        .sinkTo(
            new RedisSink<>(options.job().redis(), options.job().redisWrites(), writers::overview))
        .name("tier-overview")
        .uid("tier-overview")
        .setParallelism(1);
    return new Outputs(hours.getSideOutput(RollingHourOperator.HOURLY_VIEWS), promotions);
  }

  /**
   * Flink's own way to a keyed and a broadcast input is for functions; this is an operator, so the
   * key is said afterwards.
   */
  private static SingleOutputStreamOperator<TierUpdate> tiers(
      KeyedStream<RollingHourSnapshot, Long> hours,
      DataStream<TierCriteria> standards,
      ViralOptions options) {
    SingleOutputStreamOperator<TierUpdate> notes =
        hours
            .connect(standards.broadcast())
            .transform(
                "tiers", ViralTypes.TIER_NOTE, new TierOperator(new TierRule(options.tiers())))
            .uid("tiers");
    keyFirstInput(notes, hours);
    return notes;
  }

  @SuppressWarnings("unchecked") // As it was connected just before.
  private static void keyFirstInput(
      SingleOutputStreamOperator<TierUpdate> notes, KeyedStream<RollingHourSnapshot, Long> hours) {
    var tiers =
        (TwoInputTransformation<RollingHourSnapshot, TierCriteria, TierUpdate>)
            notes.getTransformation();
    tiers.setStateKeySelectors(hours.getKeySelector(), null);
    tiers.setStateKeyType(hours.getKeyType());
  }
}
