package dev.upswell.viral;

import dev.upswell.contract.events.HourlyViews;
import dev.upswell.contract.events.Promotion;
import dev.upswell.runtime.combine.CombinerOperator;
import dev.upswell.runtime.redis.RedisSink;
import dev.upswell.runtime.views.ViewRecord;
import dev.upswell.views.ViewCount;
import dev.upswell.views.tiers.TierRule;
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
    ViralWriters writers = new ViralWriters(options.ttl());
    int combined = options.views().combined();

    DataStream<ViewCount> counts =
        views
            .transform(
                "combiner",
                ViralTypes.VIEW_COUNT,
                new CombinerOperator<ViewRecord, ViewCount>(
                    Duration.ofMinutes(1), () -> new ViewTable(combined), new CountPacking()))
            .uid("combiner");

    SingleOutputStreamOperator<VideoHour> hours =
        counts
            .keyBy(ViewCount::videoId, Types.LONG)
            .transform(
                "rolling-hour",
                ViralTypes.VIDEO_HOUR,
                new ViewsOperator(
                    (int) options.views().allowedLateness().toMinutes(),
                    options.forecasts().minimum(),
                    MOST_WAITING))
            .uid("rolling-hour");

    DataStream<Standards> standards =
        hours
            .getSideOutput(ViewsOperator.FINDINGS)
            .keyBy(finding -> StandardsOperator.ALL, Types.INT)
            .process(new StandardsOperator(options.tiers(), options.forecasts()))
            .returns(ViralTypes.STANDARDS)
            .name("standards")
            .uid("standards")
            .forceNonParallel();

    SingleOutputStreamOperator<TierNote> notes =
        tiers(hours.keyBy(VideoHour::videoId, Types.LONG), standards, options);
    DataStream<Promotion> promotions = notes.getSideOutput(TierOperator.PROMOTIONS);
    notes
        .sinkTo(new RedisSink<>(options.job().redis(), options.job().redisWrites(), writers::note))
        .name("views-and-tiers")
        .uid("views-and-tiers");

    standards
        .keyBy(said -> OverviewOperator.ALL, Types.INT)
        .connect(promotions.keyBy(promotion -> OverviewOperator.ALL, Types.INT))
        .process(new OverviewOperator(options.tiers().viralAbove()))
        .returns(ViralTypes.OVERVIEW)
        .name("overview")
        .uid("overview")
        .forceNonParallel()
        .sinkTo(
            new RedisSink<>(options.job().redis(), options.job().redisWrites(), writers::overview))
        .name("tier-overview")
        .uid("tier-overview")
        .setParallelism(1);
    return new Outputs(hours.getSideOutput(ViewsOperator.HOURLY_VIEWS), promotions);
  }

  /**
   * Flink's own way to a keyed and a broadcast input is for functions; this is an operator, so the
   * key is said afterwards.
   */
  private static SingleOutputStreamOperator<TierNote> tiers(
      KeyedStream<VideoHour, Long> hours, DataStream<Standards> standards, ViralOptions options) {
    SingleOutputStreamOperator<TierNote> notes =
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
      SingleOutputStreamOperator<TierNote> notes, KeyedStream<VideoHour, Long> hours) {
    var tiers = (TwoInputTransformation<VideoHour, Standards, TierNote>) notes.getTransformation();
    tiers.setStateKeySelectors(hours.getKeySelector(), null);
    tiers.setStateKeyType(hours.getKeyType());
  }
}
