package dev.upswell.fanout;

import dev.upswell.contract.events.Control;
import dev.upswell.contract.events.FeedDelivery;
import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Session;
import dev.upswell.contract.events.Video;
import dev.upswell.fanout.acknowledgement.EdgeAcknowledgementFunction;
import dev.upswell.fanout.acknowledgement.EdgeAcknowledgementInput;
import dev.upswell.fanout.audience.AudienceInput;
import dev.upswell.fanout.audience.AudienceOperator;
import dev.upswell.fanout.audience.DeliveriesFunction;
import dev.upswell.fanout.creator.AdaptivePullFunction;
import dev.upswell.fanout.creator.CreatorFunction;
import dev.upswell.fanout.creator.CreatorInput;
import dev.upswell.fanout.creator.PullReleaseFunction;
import dev.upswell.fanout.outbox.OutboxFunction;
import dev.upswell.fanout.outbox.OutboxWrite;
import dev.upswell.fanout.outbox.PublishedVideosFunction;
import dev.upswell.fanout.outbox.RebuildFunction;
import dev.upswell.fanout.rebuild.RebuildableOperator;
import dev.upswell.fanout.viewer.EdgesFunction;
import dev.upswell.fanout.viewer.RelationshipFunction;
import dev.upswell.fanout.viewer.ViewerFunction;
import dev.upswell.fanout.viewer.ViewerInput;
import dev.upswell.feeds.audience.DeliveryPart;
import dev.upswell.feeds.viewer.ViewerChange;
import dev.upswell.runtime.redis.AcknowledgedRedisWriteOperator;
import dev.upswell.runtime.redis.RedisCommandEncoder;
import dev.upswell.runtime.redis.RedisSink;
import dev.upswell.runtime.types.ProtobufSerializer;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The topology of the fan-out.
 *
 * <pre>
 * videos ──▶ outbox ──▶ outbox-writer ─┬──────────────┐            control (to outbox, viewer
 *                  outbox:{creator},     │              │                ▼    and creator)
 *                  video:{id}            └▶ rebuild ────┼──▶ control     │
 *                                                       ▼ by creator     ▼
 * follows ─┐ by user                           ┌───▶ creator ◀────────┘  creators:pulled
 *          ├──▶ viewer ──▶ following-writer ──▶ edges   │ by creator and part
 * sessions ┘               following:{user}    │        ▼
 *                          tombstones:{user}       │     audience ─┬▶ deliveries ──▶ feed-deliveries
 *                                              │     feed:{user}│     └──▶ release
 *                                              │        │       │          creators:pulled
 *                                              │        │       └▶ brown-out ──▶ control
 *                                              │        │ edges known
 *                                  announcements        ▼ by user
 *                                              └──▶ warm-up ──▶ warm-marker
 *                                                               warm:{user}
 * </pre>
 *
 * <p>The order of writes keeps feeds complete. A video reaches the audience after its outbox entry
 * was acknowledged. An edge reaches it after the following was. A feed may be kept only once every
 * audience has answered for the viewer's edges. Why this is enough is in {@code
 * docs/architecture.md}.
 */
final class FanoutPipeline {
  private FanoutPipeline() {}

  /**
   * What goes out.
   *
   * @param deliveries what became of each fan-out
   * @param control what the job wants of itself
   */
  record Outputs(DataStream<FeedDelivery> deliveries, DataStream<Control> control) {}

  /** Defines it. */
  static Outputs define(
      DataStream<Video> videos,
      DataStream<Follow> follows,
      DataStream<Session> sessions,
      DataStream<Control> control,
      FanoutOptions options) {
    FanoutCommands writers = new FanoutCommands(options.feeds());

    DataStream<Control> told = control.broadcast();

    DataStream<OutboxWrite> outboxes =
        videos
            .keyBy(Video::getCreatorId, Types.LONG)
            .connect(told)
            .transform(
                "outbox",
                FanoutTypes.OUTBOX_WRITE,
                new RebuildableOperator<>(
                    new OutboxFunction(options.feeds().outboxEntries()),
                    List.of(OutboxFunction.REBUILD_ASKED)))
            .uid("outbox");
    SingleOutputStreamOperator<CreatorInput> published =
        writeThrough(outboxes, "outbox-writer", options, writers::video)
            .process(new PublishedVideosFunction())
            .returns(FanoutTypes.CREATOR_INPUT)
            .name("published-videos")
            .uid("published-videos");

    SingleOutputStreamOperator<CreatorInput> edges =
        edges(follows, sessions, told, options, writers);

    SingleOutputStreamOperator<AudienceInput> toAudiences =
        published
            .union(edges)
            .keyBy(CreatorInput::creatorId, Types.LONG)
            .connect(told)
            .transform(
                "creator",
                FanoutTypes.AUDIENCE_INPUT,
                new RebuildableOperator<>(
                    new CreatorFunction(
                        options.target(), options.creator(), options.pullCreators()),
                    List.of(CreatorFunction.PULL_ABOVE)))
            .uid("creator");
    SingleOutputStreamOperator<DeliveryPart> written =
        toAudiences
            .keyBy(AudienceInput::audience, Types.TUPLE(Types.LONG, Types.INT))
            .transform(
                "audience",
                FanoutTypes.DELIVERY_PART,
                new AudienceOperator.Factory(options.target()))
            .uid("audience");

    written
        .getSideOutput(AudienceOperator.EDGES_KNOWN)
        .union(edges.getSideOutput(EdgesFunction.ANNOUNCEMENTS))
        .keyBy(EdgeAcknowledgementInput::userId, Types.LONG)
        .process(new EdgeAcknowledgementFunction())
        .returns(FanoutTypes.WARM_EPOCH)
        .name("warm-up")
        .uid("warm-up")
        .sinkTo(new RedisSink<>(options.job().redis(), options.job().redisWrites(), writers::warm))
        .name("warm-marker")
        .uid("warm-marker");

    DataStream<Control> brownOuts =
        written
            .getSideOutput(AudienceOperator.LAGS)
            .keyBy(lags -> AdaptivePullFunction.ALL, Types.LONG)
            .process(new AdaptivePullFunction(options.brownOut()))
            .returns(ProtobufSerializer.typeOf(Control.class))
            .name("brown-out")
            .uid("brown-out");
    DataStream<Control> rebuilt =
        published
            .getSideOutput(PublishedVideosFunction.REBUILT)
            .keyBy(progress -> RebuildFunction.ALL, Types.LONG)
            .process(new RebuildFunction())
            .returns(ProtobufSerializer.typeOf(Control.class))
            .name("rebuild")
            .uid("rebuild");
    return new Outputs(
        deliveries(written.union(toAudiences.getSideOutput(CreatorFunction.NOT_PUSHED)), options),
        brownOuts.union(rebuilt));
  }

  /** From what users say and do to who may be pushed to. */
  private static SingleOutputStreamOperator<CreatorInput> edges(
      DataStream<Follow> follows,
      DataStream<Session> sessions,
      DataStream<Control> told,
      FanoutOptions options,
      FanoutCommands writers) {
    DataStream<ViewerInput> relations =
        follows
            .flatMap(new RelationshipFunction())
            .returns(FanoutTypes.VIEWER_INPUT)
            .name("relations")
            .uid("relations");
    DataStream<ViewerInput> started =
        sessions
            .<ViewerInput>map(
                session -> new ViewerInput.Started(session.getUserId(), session.getAt()))
            .returns(FanoutTypes.VIEWER_INPUT)
            .name("session-starts")
            .uid("session-starts");
    DataStream<ViewerChange> changes =
        relations
            .union(started)
            .keyBy(ViewerInput::userId, Types.LONG)
            .connect(told)
            .transform(
                "viewer",
                FanoutTypes.VIEWER_CHANGE,
                new RebuildableOperator<>(
                    new ViewerFunction(options.activityWindow(), options.pullViewers()), List.of()))
            .uid("viewer");
    return writeThrough(changes, "following-writer", options, writers::following)
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
        .process(new PullReleaseFunction(options.target()))
        .returns(Types.VOID)
        .name("release")
        .uid("release");
    return deliveries;
  }

  private static <T> SingleOutputStreamOperator<T> writeThrough(
      DataStream<T> stream, String name, FanoutOptions options, RedisCommandEncoder<T> writes) {
    return AcknowledgedRedisWriteOperator.apply(
        stream, name, options.job().redis(), options.job().redisWrites(), writes);
  }
}
