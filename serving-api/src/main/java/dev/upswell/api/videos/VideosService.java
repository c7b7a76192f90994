package dev.upswell.api.videos;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.upswell.api.http.CacheableJson;
import dev.upswell.api.http.Parameters;
import dev.upswell.api.protection.Priority;
import dev.upswell.api.protection.Protection;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * {@code GET /v1/videos?ids=}: display data of up to 100 videos, in the order of the request.
 *
 * <p>Unknown, removed and private videos are {@code missing} without distinction. One round trip to
 * Redis. Thread-safe.
 */
public final class VideosService implements HttpService {
  private static final int MAX_IDS = 100;

  /** Short, because removed and hidden videos must disappear soon. */
  private static final Duration MAX_AGE = Duration.ofSeconds(5);

  private final RedisConnection redis;
  private final Protection protection;
  private final Counter answers;

  /** A service on a connection, which stays the caller's to close. */
  public VideosService(RedisConnection redis, Protection protection, MeterRegistry metrics) {
    this.redis = redis;
    this.protection = protection;
    this.answers = metrics.counter("upswell.videos.responses");
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    List<Long> ids = new Parameters(ctx).ids("ids", MAX_IDS);
    return HttpResponse.of(
        protection
            // Same priority as the page that needs it.
            .read(
                Priority.FIRST_PAGE,
                new VideosOf(ids),
                ctx.eventLoop().withoutContext(),
                () -> read(ids))
            .thenApply(
                found -> {
                  answers.increment();
                  return new CacheableJson(toJson(ids, found), MAX_AGE).to(request.headers());
                }));
  }

  /** Key of shared reads. */
  private record VideosOf(List<Long> ids) {}

  private CompletableFuture<List<Optional<VideoData>>> read(List<Long> ids) {
    Pipeline batch = new Pipeline(ids.size());
    List<RedisReply<List<Object>>> replies = new ArrayList<>(ids.size());
    for (long id : ids) {
      CommandArgs<byte[], byte[]> args = Pipeline.args().addKey(RedisKeys.video(id));
      VideoData.FIELDS.forEach(args::add);
      replies.add(batch.add(CommandType.HMGET, new ArrayOutput<>(ByteArrayCodec.INSTANCE), args));
    }
    return redis
        .send(batch)
        .thenApply(done -> replies.stream().map(reply -> VideoData.of(reply.get())).toList());
  }

  private static JsonObject toJson(List<Long> ids, List<Optional<VideoData>> found) {
    JsonArray videos = new JsonArray();
    JsonArray missing = new JsonArray();
    for (int i = 0; i < ids.size(); i++) {
      Optional<VideoData> video = found.get(i);
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
