package dev.upswell.api.videos;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.upswell.api.auth.Caller;
import dev.upswell.api.http.CacheableJson;
import dev.upswell.api.http.Parameters;
import dev.upswell.api.protection.Priority;
import dev.upswell.api.protection.Protection;
import dev.upswell.api.visibility.VideoVisibilities;
import dev.upswell.contract.redis.Following;
import dev.upswell.contract.redis.RedisKeys;
import dev.upswell.redis.RedisConnection;
import dev.upswell.redis.pipeline.Pipeline;
import dev.upswell.redis.pipeline.RedisReply;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * {@code GET /v1/videos?ids=}: display data of up to 100 videos, in the order of the request.
 *
 * <p>Videos that the caller may not see are {@code missing}, without distinction from unknown ones.
 * One round trip to Redis, and another one if a video is for followers. Thread-safe.
 */
public final class VideosService implements HttpService {
  private static final int MAX_IDS = 100;

  /** Short, because removed and hidden videos must disappear soon. */
  private static final Duration MAX_AGE = Duration.ofSeconds(5);

  private final RedisConnection redis;
  private final VideoVisibilities visibilities;
  private final Protection protection;
  private final Counter answers;

  /** A service on a connection, which stays the caller's to close. */
  public VideosService(
      RedisConnection redis,
      VideoVisibilities visibilities,
      Protection protection,
      MeterRegistry metrics) {
    this.redis = redis;
    this.visibilities = visibilities;
    this.protection = protection;
    this.answers = metrics.counter("upswell.videos.responses");
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    List<Long> ids = new Parameters(ctx).ids("ids", MAX_IDS);
    Caller caller = Caller.of(ctx);
    EventLoop thread = ctx.eventLoop().withoutContext();
    return HttpResponse.of(
        protection
            // Same priority as the page that needs it.
            .read(Priority.FIRST_PAGE, new VideosOf(ids), thread, () -> read(ids))
            .thenCompose(
                found ->
                    following(found, caller, thread)
                        .thenApply(
                            following -> answer(request, ids, visible(found, caller, following)))));
  }

  /** Keys of shared reads. */
  private record VideosOf(List<Long> ids) {}

  private record FollowingOf(long userId) {}

  private CompletableFuture<List<VideoData>> read(List<Long> ids) {
    Pipeline batch = new Pipeline(ids.size());
    List<RedisReply<List<Object>>> replies = new ArrayList<>(ids.size());
    for (long id : ids) {
      CommandArgs<byte[], byte[]> args = Pipeline.args().addKey(RedisKeys.video(id));
      VideoData.FIELDS.forEach(args::add);
      replies.add(batch.add(CommandType.HMGET, new ArrayOutput<>(ByteArrayCodec.INSTANCE), args));
    }
    return redis
        .send(batch)
        .thenApply(
            done -> {
              List<VideoData> found =
                  replies.stream().map(reply -> VideoData.of(reply.get())).toList();
              visibilities.found(ids, found.stream().map(VideoData::visibility).toList());
              return found;
            });
  }

  /** Reads the following of the caller if one of the videos requires it. */
  private CompletableFuture<Following> following(
      List<VideoData> found, Caller caller, EventLoop thread) {
    if (found.stream()
        .noneMatch(video -> VideoVisibilities.needsFollowing(video.visibility(), caller))) {
      return CompletableFuture.completedFuture(Following.NONE);
    }
    long userId = caller.userId().orElse(0);
    return protection.read(
        Priority.FIRST_PAGE, new FollowingOf(userId), thread, () -> visibilities.following(userId));
  }

  private static List<Optional<VideoData>> visible(
      List<VideoData> found, Caller caller, Following following) {
    return found.stream()
        .map(Optional::of)
        .map(
            video ->
                video.filter(
                    one -> VideoVisibilities.isVisible(one.visibility(), caller, following)))
        .toList();
  }

  private HttpResponse answer(
      HttpRequest request, List<Long> ids, List<Optional<VideoData>> visible) {
    answers.increment();
    JsonObject json = toJson(ids, visible);
    boolean toOne =
        visible.stream()
            .flatMap(Optional::stream)
            .anyMatch(video -> VideoVisibilities.isForFollowers(video.visibility()));
    return toOne
        ? CacheableJson.toOne(json)
        : new CacheableJson(json, MAX_AGE).to(request.headers());
  }

  private static JsonObject toJson(List<Long> ids, List<Optional<VideoData>> visible) {
    JsonArray videos = new JsonArray();
    JsonArray missing = new JsonArray();
    for (int i = 0; i < ids.size(); i++) {
      Optional<VideoData> video = visible.get(i);
      long id = ids.get(i);
      if (video.isPresent()) {
        videos.add(video.get().toJson(id));
      } else {
        missing.add(Long.toString(id));
      }
    }
    JsonObject json = new JsonObject();
    json.add("videos", videos);
    json.add("missing", missing);
    return json;
  }
}
