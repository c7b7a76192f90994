package dev.upswell.viral;

import dev.upswell.contract.events.DeadLetter;
import dev.upswell.contract.events.HourlyViews;
import dev.upswell.contract.events.LateEvent;
import dev.upswell.contract.events.Promotion;
import dev.upswell.contract.events.TierOverview;
import dev.upswell.contract.events.Video;
import dev.upswell.popularity.ViewCount;
import dev.upswell.popularity.tiers.TierRule;
import dev.upswell.views.combine.CombinerOperator;
import dev.upswell.views.source.ViewRecord;
import dev.upswell.views.source.ViewSource;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;

/**
 * The topology of the viral detector.
 *
 * <pre>
 * videos ─────────────── by video ─────┐
 * views ─▶ combiner ─ by video ─▶ rolling-hour ─┬─▶ hourly-views
 *          (before the shuffle)       │         └─▶ tier-criteria (one) ─ broadcast ─┐
 *                                     │ by video         └──────────▶ overview       │
 *                                     └────────▶ tier ◀──────────────────────────────┘
 *                                                 ├─▶ promotions ─▶ overview ─▶ tier-overview
 *                                                 │                             tiers
 *                                                 └─▶ views-and-tiers
 *                                                     views:{video}, tier:{video}
 * late views ─▶ late-events
 * </pre>
 *
 * <p>Every operator after the combiner works once a minute, when the watermark passes the minute.
 */
final class ViralDetectorPipeline {
  /** Maximum counts that a subtask buffers for the end of their minute; about 200 bytes each. */
  private static final int MAX_BUFFERED = 262_144;

  private ViralDetectorPipeline() {}

  /**
   * The input streams.
   *
   * @param views views with watermarks per partition
   * @param videos records of videos, which do not hold back the watermark
   * @param deadLetters the rejected records of both topics
   */
  record Sources(ViewSource views, DataStream<Video> videos, DataStream<DeadLetter> deadLetters) {}

  /**
   * The outputs.
   *
   * @param hourlyViews final counts of each video and UTC hour
   * @param promotions changes of tiers
   * @param tierUpdates recent views and tier of videos
   * @param overview counts, thresholds and last promotions of all tiers
   */
  record Sinks(
      Sink<HourlyViews> hourlyViews,
      Sink<Promotion> promotions,
      Sink<TierUpdate> tierUpdates,
      Sink<TierOverview> overview,
      Sink<LateEvent> lateEvents,
      Sink<DeadLetter> deadLetters) {}

  /** Connects sources and sinks. */
  static void define(Sources sources, Sinks sinks, ViralOptions options) {
    int maxCombined = options.views().combinerMaxEntries();
    DataStream<ViewCount> counts =
        sources
            .views()
            .views()
            .transform(
                "combiner",
                ViralTypes.VIEW_COUNT,
                new CombinerOperator<ViewRecord, ViewCount>(
                    Duration.ofMinutes(1),
                    () -> new ViewCombiner(maxCombined),
                    new ViewCountStateFormat()))
            .uid("combiner");

    SingleOutputStreamOperator<RollingHourSnapshot> hours =
        counts
            .keyBy(ViewCount::videoId, Types.LONG)
            .connect(sources.videos().keyBy(Video::getVideoId, Types.LONG))
            .transform(
                "rolling-hour",
                ViralTypes.ROLLING_HOUR,
                new RollingHourOperator(
                    (int) options.views().allowedLateness().toMinutes(),
                    options.forecasts().minimum(),
                    MAX_BUFFERED,
                    options.metadataTtl()))
            .uid("rolling-hour");

    DataStream<TierCriteria> criteria =
        hours
            .getSideOutput(RollingHourOperator.REPORTS)
            .keyBy(report -> TierCriteriaFunction.ALL, Types.INT)
            .process(new TierCriteriaFunction(options.tiers(), options.forecasts()))
            .returns(ViralTypes.TIER_CRITERIA)
            .name("tier-criteria")
            .uid("tier-criteria")
            .forceNonParallel();

    SingleOutputStreamOperator<TierUpdate> updates =
        tiers(hours.keyBy(RollingHourSnapshot::videoId, Types.LONG), criteria, options);
    DataStream<Promotion> promotions = updates.getSideOutput(TierOperator.PROMOTIONS);
    DataStream<TierOverview> overview =
        criteria
            .keyBy(minute -> OverviewFunction.ALL, Types.INT)
            .connect(promotions.keyBy(promotion -> OverviewFunction.ALL, Types.INT))
            .process(new OverviewFunction(options.tiers().viralAbove()))
            .returns(ViralTypes.OVERVIEW)
            .name("overview")
            .uid("overview")
            .forceNonParallel();

    updates.sinkTo(sinks.tierUpdates()).name("views-and-tiers").uid("views-and-tiers");
    overview.sinkTo(sinks.overview()).name("tier-overview").uid("tier-overview").setParallelism(1);
    hours
        .getSideOutput(RollingHourOperator.HOURLY_VIEWS)
        .sinkTo(sinks.hourlyViews())
        .name("hourly-views")
        .uid("hourly-views");
    promotions.sinkTo(sinks.promotions()).name("promotions").uid("promotions");
    sources.views().late().sinkTo(sinks.lateEvents()).name("late-events").uid("late-events");
    sources.deadLetters().sinkTo(sinks.deadLetters()).name("dead-letters").uid("dead-letters");
  }

  /**
   * Connects a keyed and a broadcast input to an operator. Flink's API for that takes functions
   * only, so the key is set on the transformation.
   */
  private static SingleOutputStreamOperator<TierUpdate> tiers(
      KeyedStream<RollingHourSnapshot, Long> hours,
      DataStream<TierCriteria> criteria,
      ViralOptions options) {
    SingleOutputStreamOperator<TierUpdate> updates =
        hours
            .connect(criteria.broadcast())
            .transform(
                "tier", ViralTypes.TIER_UPDATE, new TierOperator(new TierRule(options.tiers())))
            .uid("tier");
    keyFirstInput(updates, hours);
    return updates;
  }

  @SuppressWarnings("unchecked") // The types of the connection just above.
  private static void keyFirstInput(
      SingleOutputStreamOperator<TierUpdate> updates,
      KeyedStream<RollingHourSnapshot, Long> hours) {
    var tiers =
        (TwoInputTransformation<RollingHourSnapshot, TierCriteria, TierUpdate>)
            updates.getTransformation();
    tiers.setStateKeySelectors(hours.getKeySelector(), null);
    tiers.setStateKeyType(hours.getKeyType());
  }
}
