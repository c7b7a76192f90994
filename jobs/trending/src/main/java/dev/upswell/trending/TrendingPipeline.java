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
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;

/**
 * The topology of trending.
 *
 * <pre>
 * views ─▶ view-cap ─▶ view-combiner ───────────────────┐ by video                by creator
 *                      (before the shuffle)             ├──▶ video-metadata ─────▶ score
 * engagements ─▶ engagement-cap ─▶ engagement-combiner ─┘      ▲          by scope │ │ hidden videos,
 * videos ───────────────────────────────── by video ───────────┘                  ▼ ▼ to all
 *                                                              trending ◀─┬─ list-merge
 *                                                        trending-lists ◀─┘
 *                                                      trending:{scope}
 * </pre>
 *
 * <p>Every operator after the combiners works once per slot of ten seconds, when the watermark
 * passes the slot. All videos of a creator are on one subtask, which has the creator's baseline and
 * drops the videos above the limit per creator. The topic {@code videos} does not hold back the
 * watermark.
 */
final class TrendingPipeline {
  private static final Duration SLOT = Duration.ofMillis(Slots.MILLIS);

  private TrendingPipeline() {}

  /**
   * The input streams, with watermarks per partition.
   *
   * @param videos always idle: metadata has no time
   */
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
    SingleOutputStreamOperator<ScopeLists> parts =
        viewCounts(sources.views(), options)
            .union(engagementCounts(sources.engagements(), options))
            .keyBy(TrendCount::videoId, Types.LONG)
            .connect(sources.videos().keyBy(Video::getVideoId, Types.LONG))
            .transform(
                "video-metadata",
                TrendingTypes.VIDEO_UPDATE,
                new VideoMetadataOperator(options.metadataTtl()))
            .uid("video-metadata")
            .keyBy(VideoUpdate::creatorId, Types.LONG)
            .transform(
                "score",
                TrendingTypes.SCOPE_LISTS,
                new ScoreOperator(options.trending(), options.devices()))
            .uid("score");
    DataStream<TrendingList> lists =
        merged(
            parts.keyBy(ScopeLists::scope, Types.STRING),
            parts.getSideOutput(ScoreOperator.HIDDEN_VIDEOS),
            options);

    lists.sinkTo(sinks.topic()).name("trending").uid("trending");
    lists.sinkTo(sinks.store()).name("trending-lists").uid("trending-lists");
    sources.deadLetters().sinkTo(sinks.deadLetters()).name("dead-letters").uid("dead-letters");
  }

  /**
   * Connects a keyed and a broadcast input to an operator. Flink's API for that takes functions
   * only, so the key is set on the transformation.
   */
  @SuppressWarnings("unchecked") // The types of the connection.
  private static DataStream<TrendingList> merged(
      KeyedStream<ScopeLists, String> parts,
      DataStream<HiddenVideo> hidden,
      TrendingOptions options) {
    SingleOutputStreamOperator<TrendingList> lists =
        parts
            .connect(hidden.broadcast())
            .transform(
                "list-merge",
                TrendingTypes.TRENDING_LIST,
                new ListMergeOperator(options.trending(), options.ttl()))
            .uid("list-merge");
    var merge =
        (TwoInputTransformation<ScopeLists, HiddenVideo, TrendingList>) lists.getTransformation();
    merge.setStateKeySelectors(parts.getKeySelector(), null);
    merge.setStateKeyType(parts.getKeyType());
    return lists;
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
                new EngagementCapOperator(options.trending(), options.caps().maxTracked()))
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
