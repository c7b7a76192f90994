package dev.upswell.fanout;

import dev.upswell.contract.events.Control;
import dev.upswell.contract.events.DeadLetter;
import dev.upswell.contract.events.FeedDelivery;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Session;
import dev.upswell.contract.events.Video;
import dev.upswell.fanout.acknowledgement.EdgeAcknowledgementFunction;
import dev.upswell.fanout.acknowledgement.EdgeAcknowledgementInput;
import dev.upswell.fanout.acknowledgement.WarmEpoch;
import dev.upswell.fanout.audience.AudienceInput;
import dev.upswell.fanout.audience.AudienceOperator;
import dev.upswell.fanout.audience.DeliveriesFunction;
import dev.upswell.fanout.creator.AdaptivePullFunction;
import dev.upswell.fanout.creator.CreatorFunction;
import dev.upswell.fanout.creator.CreatorInput;
import dev.upswell.fanout.creator.PullReleaseFunction;
import dev.upswell.fanout.outbox.OutboxFunction;
import dev.upswell.fanout.outbox.OutboxInput;
import dev.upswell.fanout.outbox.OutboxWrite;
import dev.upswell.fanout.outbox.PublishedVideosFunction;
import dev.upswell.fanout.outbox.RebuildFunction;
import dev.upswell.fanout.outbox.VideoFunction;
import dev.upswell.fanout.rebuild.RebuildableOperator;
import dev.upswell.fanout.viewer.EdgesFunction;
import dev.upswell.fanout.viewer.RelationshipFunction;
import dev.upswell.fanout.viewer.ViewerFunction;
import dev.upswell.fanout.viewer.ViewerInput;
import dev.upswell.feeds.audience.DeliveryPart;
import dev.upswell.feeds.viewer.ViewerChange;
import dev.upswell.runtime.redis.AcknowledgedRedisWriteOperator;
import dev.upswell.runtime.redis.RedisCommandEncoder;
import dev.upswell.runtime.types.ProtobufSerializer;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The topology of the fan-out.
 *
 * <pre>
 * videos ──▶ video ──▶ outbox ──▶ outbox-writer ──▶ published-videos ─┬──▶ rebuild ──▶ control-requests
 *            by video  by creator outbox:{creator}                     │
 *                                 video:{id}                           ▼ by creator
 *                                                ┌───▶ creator ◀── control
 * follows ──▶ relationship ─┐ by user            │     creators:pulled
 *                           ├──▶ viewer ──▶ following-writer ──▶ edges
 * sessions ─────────────────┘               following:{user}      │ announcements
 *                                           tombstones:{user}     │
 *                              creator                            │
 *                                 │ by creator and part           │
 *                                 ▼                               ▼ by user
 *                              audience ─ acknowledged edges ─▶ edge-acknowledgement ──▶ warm-epochs
 *                              feed:{user}                                               warm:{user}
 *                                 ├──▶ deliveries ─┬──▶ feed-deliveries
 *                                 │                └──▶ pull-release
 *                                 └──▶ adaptive-pull ──▶ control-requests
 * </pre>
 *
 * <p>Control records are broadcast to outbox, viewer and creator.
 *
 * <p>The order of writes keeps feeds complete. A video reaches the audience after Redis
 * acknowledged its outbox entry. An edge reaches the audience after Redis acknowledged the
 * following. A feed becomes warm after all audiences acknowledged the edges of its viewer. {@code
 * docs/architecture.md} explains why this is sufficient.
 */
final class FanoutPipeline {
  private FanoutPipeline() {}

  /**
   * The input streams, each with watermarks per partition.
   *
   * @param control requests to this job only
   * @param deadLetters the rejected records of all input topics
   */
  record Sources(
      DataStream<Video> videos,
      DataStream<Follow> follows,
      DataStream<Session> sessions,
      DataStream<Control> control,
      DataStream<DeadLetter> deadLetters) {}

  /**
   * The outputs. Feeds, outboxes and followings are written by operators, because the topology
   * continues after their acknowledgement.
   *
   * @param deliveries result of each fan-out
   * @param control requests of the job to itself
   * @param warmEpochs epochs at which the feeds of viewers are complete
   */
  record Sinks(
      Sink<FeedDelivery> deliveries,
      Sink<Control> control,
      Sink<WarmEpoch> warmEpochs,
      Sink<DeadLetter> deadLetters) {}

  /** Connects sources and sinks. */
  static void define(Sources sources, Sinks sinks, FanoutOptions options) {
    FanoutCommands commands = new FanoutCommands(options.feeds());
    DataStream<Control> control = sources.control().broadcast();

    DataStream<OutboxWrite> outboxes =
        sources
            .videos()
            .keyBy(Video::getVideoId, Types.LONG)
            .process(new VideoFunction(options.feeds().videoTtl()))
            .returns(FanoutTypes.OUTBOX_INPUT)
            .name("video")
            .uid("video")
            .keyBy(OutboxInput::creatorId, Types.LONG)
            .connect(control)
            .transform(
                "outbox",
                FanoutTypes.OUTBOX_WRITE,
                new RebuildableOperator<>(
                    new OutboxFunction(options.feeds()), List.of(OutboxFunction.REBUILD_REQUESTED)))
            .uid("outbox");
    SingleOutputStreamOperator<CreatorInput> published =
        acknowledgedWrite(outboxes, "outbox-writer", options, commands::video)
            .process(new PublishedVideosFunction())
            .returns(FanoutTypes.CREATOR_INPUT)
            .name("published-videos")
            .uid("published-videos");

    SingleOutputStreamOperator<CreatorInput> edges = edges(sources, control, options, commands);

    SingleOutputStreamOperator<AudienceInput> toAudiences =
        published
            .union(edges)
            .keyBy(CreatorInput::creatorId, Types.LONG)
            .connect(control)
            .transform(
                "creator",
                FanoutTypes.AUDIENCE_INPUT,
                new RebuildableOperator<>(
                    new CreatorFunction(
                        options.feedWriters(), options.policy(), options.pullCreators()),
                    List.of(CreatorFunction.PULL_ABOVE)))
            .uid("creator");
    SingleOutputStreamOperator<DeliveryPart> written =
        toAudiences
            .keyBy(AudienceInput::audience, Types.TUPLE(Types.LONG, Types.INT))
            .transform(
                "audience",
                FanoutTypes.DELIVERY_PART,
                new AudienceOperator.Factory(options.feedWriters()))
            .uid("audience");

    written
        .getSideOutput(AudienceOperator.EDGES_KNOWN)
        .union(edges.getSideOutput(EdgesFunction.ANNOUNCEMENTS))
        .keyBy(EdgeAcknowledgementInput::userId, Types.LONG)
        .process(new EdgeAcknowledgementFunction())
        .returns(FanoutTypes.WARM_EPOCH)
        .name("edge-acknowledgement")
        .uid("edge-acknowledgement")
        .sinkTo(sinks.warmEpochs())
        .name("warm-epochs")
        .uid("warm-epochs");

    deliveries(written.union(toAudiences.getSideOutput(CreatorFunction.NOT_PUSHED)), options)
        .sinkTo(sinks.deliveries())
        .name("feed-deliveries")
        .uid("feed-deliveries");
    controlRequests(written, published, options)
        .sinkTo(sinks.control())
        .name("control-requests")
        .uid("control-requests");
    sources.deadLetters().sinkTo(sinks.deadLetters()).name("dead-letters").uid("dead-letters");
  }

  /** Converts follows and sessions to edges between viewers and creators. */
  private static SingleOutputStreamOperator<CreatorInput> edges(
      Sources sources,
      DataStream<Control> control,
      FanoutOptions options,
      FanoutCommands commands) {
    DataStream<ViewerInput> relationships =
        sources
            .follows()
            .flatMap(new RelationshipFunction())
            .returns(FanoutTypes.VIEWER_INPUT)
            .name("relationship")
            .uid("relationship");
    DataStream<ViewerInput> started =
        sources
            .sessions()
            .<ViewerInput>map(
                session -> new ViewerInput.Started(session.getUserId(), session.getAt()))
            .returns(FanoutTypes.VIEWER_INPUT)
            .name("session-starts")
            .uid("session-starts");
    DataStream<ViewerChange> changes =
        relationships
            .union(started)
            .keyBy(ViewerInput::userId, Types.LONG)
            .connect(control)
            .transform(
                "viewer",
                FanoutTypes.VIEWER_CHANGE,
                new RebuildableOperator<>(
                    new ViewerFunction(options.activityWindow(), options.pullViewers()), List.of()))
            .uid("viewer");
    return acknowledgedWrite(changes, "following-writer", options, commands::following)
        .process(new EdgesFunction())
        .returns(FanoutTypes.CREATOR_INPUT)
        .name("edges")
        .uid("edges");
  }

  private static DataStream<FeedDelivery> deliveries(
      DataStream<DeliveryPart> parts, FanoutOptions options) {
    SingleOutputStreamOperator<FeedDelivery> deliveries =
        parts
            .keyBy(
                part -> Tuple2.of(part.fanOut().creatorId(), part.fanOut().id()),
                Types.TUPLE(Types.LONG, Types.LONG))
            .process(new DeliveriesFunction())
            .returns(ProtobufSerializer.typeOf(FeedDelivery.class))
            .name("deliveries")
            .uid("deliveries");
    deliveries
        .getSideOutput(DeliveriesFunction.RELEASES)
        .process(new PullReleaseFunction(options.feedWriters()))
        .returns(Types.VOID)
        .name("pull-release")
        .uid("pull-release");
    return deliveries;
  }

  /** Requests a lower pull threshold, and the second phase of a rebuild. */
  private static DataStream<Control> controlRequests(
      SingleOutputStreamOperator<DeliveryPart> written,
      SingleOutputStreamOperator<CreatorInput> published,
      FanoutOptions options) {
    DataStream<Control> pullThresholds =
        written
            .getSideOutput(AudienceOperator.LATENCIES)
            .keyBy(latencies -> AdaptivePullFunction.ALL, Types.LONG)
            .process(new AdaptivePullFunction(options.adaptivePull()))
            .returns(ProtobufSerializer.typeOf(Control.class))
            .name("adaptive-pull")
            .uid("adaptive-pull");
    DataStream<Control> rebuilds =
        published
            .getSideOutput(PublishedVideosFunction.REBUILT)
            .keyBy(progress -> RebuildFunction.ALL, Types.LONG)
            .process(new RebuildFunction())
            .returns(ProtobufSerializer.typeOf(Control.class))
            .name("rebuild")
            .uid("rebuild");
    return pullThresholds.union(rebuilds);
  }

  private static <T> SingleOutputStreamOperator<T> acknowledgedWrite(
      DataStream<T> stream, String name, FanoutOptions options, RedisCommandEncoder<T> encoder) {
    return AcknowledgedRedisWriteOperator.apply(
        stream, name, options.job().redis(), options.job().redisWrites(), encoder);
  }
}
