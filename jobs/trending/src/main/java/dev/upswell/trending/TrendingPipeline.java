package dev.upswell.trending;

import dev.upswell.contract.events.DeadLetter;
import dev.upswell.contract.events.Engagement;
import dev.upswell.contract.events.TrendingList;
import dev.upswell.contract.events.Video;
import dev.upswell.popularity.trending.ScopeLists;
import dev.upswell.popularity.trending.Slots;
import dev.upswell.popularity.trending.TrendCount;
import dev.upswell.views.combine.CombinerOperator;
import dev.upswell.views.source.ViewRecord;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * The topology of trending.
 *
 * <pre>
 * views ─▶ view-cap ─▶ view-combiner ───────────────────┐ by creator
 *                      (before the shuffle)             ├──▶ score ─ by scope ─▶ list-merge ─┬─▶ trending
 * engagements ─▶ engagement-cap ─▶ engagement-combiner ─┘      ▲                             └─▶ trending-lists
 * videos ──────────────────────────────── by creator ──────────┘                                 trending:{scope}
 * </pre>
 *
 * <p>Every operator after the combiners works once per slot of ten seconds, when the watermark
 * passes the slot. All videos of a creator are on one subtask, which has the creator's baseline and
 * drops the videos above the limit per creator.
 */
final class TrendingPipeline {
  private static final Duration SLOT = Duration.ofMillis(Slots.MILLIS);

  private TrendingPipeline() {}

  /** The input streams, each with watermarks per partition. */
  record Sources(
      DataStream<ViewRecord> views,
      DataStream<Engagement> engagements,
      DataStream<Video> videos,
      DataStream<DeadLetter> deadLetters) {}

  /**
   * The outputs.
   *
   * @param topic changed lists, for Kafka
   * @param store changed lists, for Redis
   */
  record Sinks(Sink<TrendingList> topic, Sink<TrendingList> store, Sink<DeadLetter> deadLetters) {}

  /** Connects sources and sinks. */
  static void define(Sources sources, Sinks sinks, TrendingOptions options) {
    DataStream<TrendingList> lists =
        viewCounts(sources.views(), options)
            .union(engagementCounts(sources.engagements(), options))
            .keyBy(TrendCount::creatorId, Types.LONG)
            .connect(sources.videos().keyBy(Video::getCreatorId, Types.LONG))
            .transform(
                "score",
                TrendingTypes.SCOPE_LISTS,
                new ScoreOperator(options.trending(), options.devices(), options.metadataTtl()))
            .uid("score")
            .keyBy(ScopeLists::scope, Types.STRING)
            .transform(
                "list-merge",
                TrendingTypes.TRENDING_LIST,
                new ListMergeOperator(options.trending()))
            .uid("list-merge");

    lists.sinkTo(sinks.topic()).name("trending").uid("trending");
    lists.sinkTo(sinks.store()).name("trending-lists").uid("trending-lists");
    sources.deadLetters().sinkTo(sinks.deadLetters()).name("dead-letters").uid("dead-letters");
  }

  private static DataStream<TrendCount> viewCounts(
      DataStream<ViewRecord> views, TrendingOptions options) {
    return combined(
        views
            .transform(
                "view-cap",
                TrendingTypes.CONTRIBUTION,
                new ViewCapOperator(
                    options.trending().weights(),
                    options.devices(),
                    options.caps().maxPlays(),
                    options.caps().maxTracked()))
            .uid("view-cap"),
        "view-combiner",
        options);
  }

  private static DataStream<TrendCount> engagementCounts(
      DataStream<Engagement> engagements, TrendingOptions options) {
    return combined(
        engagements
            .transform(
                "engagement-cap",
                TrendingTypes.CONTRIBUTION,
                new EngagementCapOperator(
                    options.trending().weights(), options.caps().maxTracked()))
            .uid("engagement-cap"),
        "engagement-combiner",
        options);
  }

  private static DataStream<TrendCount> combined(
      DataStream<Contribution> contributions, String name, TrendingOptions options) {
    int maxCombined = options.views().combinerMaxEntries();
    return contributions
        .transform(
            name,
            TrendingTypes.TREND_COUNT,
            new CombinerOperator<Contribution, TrendCount>(
                SLOT, () -> new TrendCombiner(maxCombined), new TrendCountStateFormat()))
        .uid(name);
  }
}
