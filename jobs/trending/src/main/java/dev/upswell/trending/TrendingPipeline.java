package dev.upswell.trending;

import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.TrendingList;
import dev.upswell.contract.events.Video;
import dev.upswell.popularity.trending.ScopeLists;
import dev.upswell.popularity.trending.Slots;
import dev.upswell.popularity.trending.TrendCount;
import dev.upswell.runtime.redis.RedisSink;
import dev.upswell.views.combine.CombinerOperator;
import dev.upswell.views.source.ViewRecord;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The topology of trending.
 *
 * <pre>
 * views ─▶ view-caps ─▶ view-combiner ──────────────┐ by creator
 *                       (before the shuffle)        ├──▶ scores ─ by scope ─▶ lists ─┬─▶ trending
 * engagements ─▶ engagement-caps ─▶ engagement-combiner ┘    ▲                       └─▶ trending:{scope}
 * videos ──────────────────────────────── by creator ────────┘                           (Redis)
 * </pre>
 *
 * <p>Everything behind the combiners happens once in ten seconds, when time has passed them. All
 * videos of a creator are on one subtask, which knows what the creator is used to; and what a
 * creator has too much in a list is left out there.
 */
final class TrendingPipeline {
  private static final Duration STEP = Duration.ofMillis(Slots.MILLIS);

  private TrendingPipeline() {}

  /** Defines it; gives the lists that go out. */
  static DataStream<TrendingList> define(
      DataStream<ViewRecord> views,
      DataStream<Engagement> engagements,
      DataStream<Video> videos,
      TrendingOptions options) {
    TrendingCommands writers = new TrendingCommands(options.ttl());
    DataStream<ScopeLists> parts =
        counts(views, options)
            .union(engagementCounts(engagements, options))
            .keyBy(TrendCount::creatorId, Types.LONG)
            .connect(videos.keyBy(Video::getCreatorId, Types.LONG))
            .transform(
                "scores",
                TrendingTypes.SCOPE_LISTS,
                new ScoreOperator(options.trending(), options.devices(), options.factsTtl()))
            .uid("scores");
    DataStream<TrendingList> lists =
        parts
            .keyBy(ScopeLists::scope, Types.STRING)
            .transform(
                "lists", TrendingTypes.TRENDING_LIST, new ListMergeOperator(options.trending()))
            .uid("lists");
    lists
        .sinkTo(new RedisSink<>(options.job().redis(), options.job().redisWrites(), writers::lists))
        .name("trending-lists")
        .uid("trending-lists");
    return lists;
  }

  private static DataStream<TrendCount> counts(
      DataStream<ViewRecord> views, TrendingOptions options) {
    int combined = options.views().combined();
    return views
        .transform(
            "view-caps",
            TrendingTypes.CONTRIBUTION,
            new ViewCapOperator(
                options.trending().weights(),
                options.devices(),
                options.caps().plays(),
                options.caps().remembered()))
        .uid("view-caps")
        .transform(
            "view-combiner",
            TrendingTypes.TREND_COUNT,
            new CombinerOperator<Contribution, TrendCount>(
                STEP, () -> new TrendCombiner(combined), new TrendCountStateFormat()))
        .uid("view-combiner");
  }

  private static DataStream<TrendCount> engagementCounts(
      DataStream<Engagement> engagements, TrendingOptions options) {
    int combined = options.views().combined();
    return engagements
        .transform(
            "engagement-caps",
            TrendingTypes.CONTRIBUTION,
            new EngagementCapOperator(options.trending().weights(), options.caps().remembered()))
        .uid("engagement-caps")
        .transform(
            "engagement-combiner",
            TrendingTypes.TREND_COUNT,
            new CombinerOperator<Contribution, TrendCount>(
                STEP, () -> new TrendCombiner(combined), new TrendCountStateFormat()))
        .uid("engagement-combiner");
  }
}
