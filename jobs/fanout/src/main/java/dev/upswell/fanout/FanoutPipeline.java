package dev.upswell.fanout;

import dev.upswell.contract.events.Follow;
import dev.upswell.contract.events.Session;
import dev.upswell.contract.events.Video;
import dev.upswell.feeds.FeedPush;
import dev.upswell.feeds.audience.ViewerChange;
import dev.upswell.runtime.redis.RedisSink;
import dev.upswell.runtime.redis.RedisWriteThrough;
import dev.upswell.runtime.redis.RedisWrites;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The topology of the fan-out.
 *
 * <pre>
 * videos ──▶ outbox-writer ─────────────────────────────────┐
 *            outbox:{creator}, video:{id}                   ▼ by creator
 * follows ─┐ by user                           edges ──▶ audience ──▶ feed-pusher
 *          ├──▶ viewer ──▶ following-writer ──▶ edges       │         feed:{user}
 * sessions ┘               following:{user}      │          │ edges known
 *                                                │          ▼ by user
 *                                   announcements└─────▶ warm-up ──▶ warm-marker
 *                                                                    warm:{user}
 * </pre>
 *
 * <p>The order of writes keeps feeds complete. A video reaches the audience after its outbox entry
 * was acknowledged. An edge reaches it after the following was. A feed may be kept only once every
 * audience has answered for the viewer's edges. Why this is enough is in {@code
 * docs/architecture.md}.
 */
final class FanoutPipeline {
  private FanoutPipeline() {}

  static void define(
      DataStream<Video> videos,
      DataStream<Follow> follows,
      DataStream<Session> sessions,
      FanoutOptions options) {
    FeedWriters writers = new FeedWriters(options.feeds());

    DataStream<AudienceInput> fanOuts =
        writeThrough(videos, "outbox-writer", options, writers::video)
            .flatMap(new PublishedVideos())
            .returns(FanoutTypes.AUDIENCE_INPUT)
            .name("published-videos")
            .uid("published-videos");

    DataStream<ViewerInput> relations =
        follows
            .flatMap(new Relations())
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
            .process(new ViewerOperator(options.activityWindow()))
            .returns(FanoutTypes.VIEWER_CHANGE)
            .name("viewer")
            .uid("viewer");
    SingleOutputStreamOperator<AudienceInput> edges =
        writeThrough(changes, "following-writer", options, writers::following)
            .process(new Edges())
            .returns(FanoutTypes.AUDIENCE_INPUT)
            .name("edges")
            .uid("edges");

    SingleOutputStreamOperator<FeedPush> pushes =
        fanOuts
            .union(edges)
            .keyBy(AudienceInput::creatorId, Types.LONG)
            .process(new AudienceOperator())
            .returns(FanoutTypes.FEED_PUSH)
            .name("audience")
            .uid("audience");
    pushes.sinkTo(sink(options, writers::push)).name("feed-pusher").uid("feed-pusher");

    pushes
        .getSideOutput(AudienceOperator.EDGES_KNOWN)
        .union(edges.getSideOutput(Edges.ANNOUNCEMENTS))
        .keyBy(WarmUpInput::userId, Types.LONG)
        .process(new WarmUpOperator())
        .returns(FanoutTypes.WARM_EPOCH)
        .name("warm-up")
        .uid("warm-up")
        .sinkTo(sink(options, writers::warm))
        .name("warm-marker")
        .uid("warm-marker");
  }

  private static <T> SingleOutputStreamOperator<T> writeThrough(
      DataStream<T> stream, String name, FanoutOptions options, RedisWrites<T> writes) {
    return RedisWriteThrough.apply(
        stream, name, options.job().redis(), options.job().redisWrites(), writes);
  }

  private static <T> RedisSink<T> sink(FanoutOptions options, RedisWrites<T> writes) {
    return new RedisSink<>(options.job().redis(), options.job().redisWrites(), writes);
  }
}
